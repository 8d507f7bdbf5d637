/** Colours by what they are for. A pair that carries text is tested to have a contrast of at least 4.5. */
export interface Palette {
  readonly page: string;
  readonly card: string;
  readonly line: string;
  readonly text: string;
  readonly quiet: string;
  readonly link: string;
  readonly code: string;
  readonly good: string;
  readonly goodText: string;
  readonly bad: string;
  readonly badText: string;
  readonly warn: string;
  readonly warnText: string;
  readonly idle: string;
  readonly idleText: string;
}

export const light: Palette = {
  page: '#f6f7f9',
  card: '#ffffff',
  line: '#d5d9e0',
  text: '#1a1f29',
  quiet: '#525b6b',
  link: '#0b56b3',
  code: '#eef0f4',
  good: '#d9f2e1',
  goodText: '#0c5a2a',
  bad: '#fbdedc',
  badText: '#94160f',
  warn: '#fbecc8',
  warnText: '#704700',
  idle: '#e6e9ee',
  idleText: '#434b59',
};

export const dark: Palette = {
  page: '#12151b',
  card: '#1b2029',
  line: '#363d4a',
  text: '#e7eaf0',
  quiet: '#a5aebd',
  link: '#8ab8ff',
  code: '#11151c',
  good: '#123d24',
  goodText: '#92e6b0',
  bad: '#4d1a18',
  badText: '#ffb4ae',
  warn: '#453410',
  warnText: '#f5cf76',
  idle: '#2c333f',
  idleText: '#c3cad6',
};

const variables = (palette: Palette) =>
  Object.entries(palette)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';');

/** The style of the page: no external file, and nothing that means something by its colour alone. */
export const style = `
:root{color-scheme:light dark;${variables(light)}}
@media screen and (prefers-color-scheme:dark){:root{${variables(dark)}}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:1rem/1.55 system-ui,sans-serif}
main,footer{max-width:62rem;margin:0 auto;padding:1.5rem 1rem}
h1{font-size:1.05rem;font-weight:600;color:var(--quiet);margin:0 0 .75rem}
h2{font-size:1.3rem;margin:2.5rem 0 .75rem}
h3{font-size:1.05rem;line-height:1.4;margin:0}
h4{font-size:.85rem;margin:1rem 0 .3rem;color:var(--quiet)}
p{margin:.5rem 0}
a{color:var(--link)}
code,pre{font:.86em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
code{background:var(--code);padding:.1em .3em;border-radius:4px;overflow-wrap:anywhere}
pre{background:var(--code);border:1px solid var(--line);border-radius:6px;padding:.7rem .8rem;margin:0;white-space:pre-wrap;overflow-wrap:anywhere;max-height:22rem;overflow:auto}
.banner{border-radius:10px;padding:1.1rem 1.3rem;font-size:1.35rem;line-height:1.35;font-weight:650;overflow-wrap:anywhere}
.banner p{font-size:.95rem;font-weight:400}
.good{background:var(--good);color:var(--goodText)}
.bad{background:var(--bad);color:var(--badText)}
.warn{background:var(--warn);color:var(--warnText)}
.idle{background:var(--idle);color:var(--idleText)}
.chip{display:inline-block;border-radius:999px;padding:.1rem .6rem;font-size:.8rem;line-height:1.5;font-weight:600;white-space:nowrap}
.level{color:var(--quiet);font-size:.8rem;font-weight:600}
.facts{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.25rem 1.2rem;margin:1.2rem 0}
.facts dt,.said dt{color:var(--quiet)}
.facts dd,.said dd{margin:0;overflow-wrap:anywhere}
.said{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.25rem 1.2rem;margin:.8rem 0}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:1rem 1.2rem;margin:0 0 1rem}
.broken{border-left:5px solid var(--badText)}
.quiet{color:var(--quiet)}
.pair{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:0 1rem;align-items:start}
table{width:100%;border-collapse:collapse;background:var(--card)}
th,td{text-align:left;vertical-align:top;padding:.5rem .7rem;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
thead th{color:var(--quiet);font-size:.82rem;font-weight:600}
tbody th{font-weight:600}
tr:target{outline:2px solid var(--link);outline-offset:-2px}
.sums td,.sums thead th:not(:first-child){text-align:right;font-variant-numeric:tabular-nums}
.frame{border:1px solid var(--line);border-radius:10px;overflow:hidden;background:var(--card);margin:0 0 1rem}
.frame tbody tr:last-child>*{border-bottom:0}
ul.card{padding-left:2.2rem}
.rows th,.level{white-space:nowrap}
.rows th:not(:last-child),.rows td:not(:last-child){width:1%}
summary{cursor:pointer;padding:.7rem 1rem}
.frame>summary h3{display:inline}
.card summary{padding:.4rem 0;color:var(--link)}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.4rem 1.4rem;padding:0}
nav li{margin:0}
ul{padding-left:1.2rem;margin:.5rem 0}
li{margin:.25rem 0;overflow-wrap:anywhere}
footer{color:var(--quiet);font-size:.88rem;border-top:1px solid var(--line);margin-top:2rem}
@media (max-width:40rem){
main{padding:1rem .8rem}
.banner{font-size:1.15rem;padding:.9rem 1rem}
.said,.pair{grid-template-columns:minmax(0,1fr)}
.said dd{margin-bottom:.5rem}
.facts{gap:.35rem .8rem;font-size:.92rem}
.card{padding:.9rem}
.sums th,.sums td{padding:.45rem .3rem;font-size:.8rem;overflow-wrap:normal}
.sums thead th{font-size:.7rem}
.rows thead{position:absolute;clip-path:inset(50%);height:1px;width:1px;overflow:hidden}
.rows,.rows tbody,.rows tr,.rows td,.rows th{display:block;border:0;padding:0}
.rows tr{padding:.7rem .9rem;border-bottom:1px solid var(--line)}
.rows tr>*{display:inline;margin-right:.5rem}
.rows tr>td:last-child{display:block;width:auto;margin:.3rem 0 0}
.rows th:not(:last-child),.rows td:not(:last-child){width:auto}
}
@media print{
body{background:none}
pre{max-height:none}
details::details-content{content-visibility:visible;display:block;block-size:auto}
.card,tr{break-inside:avoid}
h2,h3,h4,summary,thead{break-after:avoid}
}
`;
