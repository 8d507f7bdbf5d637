/** A small, bounded body for each route. The stub tells the check's calls by the prompt. */
export type RouteBody = (prompt: string, model: string) => object;

export const chat: RouteBody = (prompt, model) => ({
  model,
  messages: [{ role: 'user', content: prompt }],
  max_tokens: 8,
});
export const completion: RouteBody = (prompt, model) => ({ model, prompt, max_tokens: 8 });
export const response: RouteBody = (prompt, model) => ({ model, input: prompt, max_output_tokens: 16 });
export const embedding: RouteBody = (prompt, model) => ({ model, input: prompt });
export const countable: RouteBody = (prompt, model) => ({ model, messages: [{ role: 'user', content: prompt }] });
export const contents: RouteBody = (prompt) => ({ contents: [{ role: 'user', parts: [{ text: prompt }] }] });
export const content: RouteBody = (prompt) => ({ content: { parts: [{ text: prompt }] } });
export const batch: RouteBody = (prompt, model) => ({
  requests: [{ model: `models/${model}`, ...content(prompt, model) }],
});
