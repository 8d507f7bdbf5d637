import { readdirSync, readFileSync } from 'node:fs';
import { parseYaml } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { objectionTo, unknownSettings } from './named.ts';

const read = (file: string) => readFileSync(`deploy/${file}`, 'utf8');
const SECRET = /KEY|PASSWORD|DATABASE_URL/;

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
}
interface Service {
  readonly command?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: object;
}

describe('what is deployed with', () => {
  it.each(readdirSync('deploy'))('%s names settings that exist, and holds nothing that looks like a secret', (file) => {
    expect(unknownSettings(read(file))).toEqual([]);
    expect(read(file)).not.toMatch(/sk-[\w-]{8}|AIza|rb_|[A-Za-z0-9+/]{43}=/);
  });

  it('by compose is a platform and a healthy PostgreSQL; its secrets come from outside, and its ports stay on loopback', () => {
    const { services } = parseYaml(read('compose.yaml')) as Compose;
    const { postgres, rigkit } = services;
    expect(rigkit?.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
    expect(postgres?.healthcheck).toBeDefined();
    const secrets = [postgres, rigkit]
      .flatMap((service) => Object.entries(service?.environment ?? {}))
      .filter(([name]) => SECRET.test(name));
    expect(secrets.length).toBeGreaterThan(5);
    expect(secrets.filter(([, value]) => !value.includes('${'))).toEqual([]);
    expect(rigkit?.environment.RIGKIT_DATABASE_URL).toMatch(
      /^postgres:\/\/rigkit:\$\{POSTGRES_PASSWORD\S*\}@postgres\/rigkit$/,
    );
    expect(rigkit?.ports).toEqual(['127.0.0.1:8080:8080', '127.0.0.1:9090:9090']);
  });

  it('runs a command that exists, from where the build puts it', async () => {
    const dockerfile = read('Dockerfile');
    const { services } = parseYaml(read('compose.yaml')) as Compose;
    const started = /^ExecStart=\/usr\/local\/bin\/(.*)$/m.exec(read('rigkit.service'))?.[1] ?? '';
    const [, entry = '', command = ''] = /^ENTRYPOINT (.*)\nCMD (.*)$/m.exec(dockerfile) ?? [];
    const contained = [...JSON.parse(entry), ...JSON.parse(command)].join(' ');
    const composed = ['rigkit', ...(services.rigkit?.command ?? [])].join(' ');
    expect([started, contained, composed]).toEqual(Array(3).fill('rigkit serve'));
    expect(await objectionTo(started)).toBeUndefined();
    const { bin, scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(dockerfile).toContain(`ln -s /app/${bin.rigkit} /usr/local/bin/rigkit`);
    for (const [, script = ''] of dockerfile.matchAll(/npm run (\w+)/g)) expect(scripts).toHaveProperty(script);
    const [, port] = /RIGKIT_OPERATOR_PORT=(\d+)/.exec(dockerfile) ?? [];
    expect(dockerfile).toContain(`http://127.0.0.1:${port}/readyz`);
  });
});
