import type { Envelope, ErrorContent } from './envelope.ts';

/** As the contract writes the proxy's own errors on the OpenAI-shaped routes (section 4). */
function body({ code, message, param, details }: ErrorContent): object {
  return {
    error: { message, type: 'rigbox_gateway_error', param, code, ...(details !== undefined && { details }) },
  };
}

export const openAiEnvelope: Envelope = {
  api: 'openai',
  requestIdHeader: 'x-request-id',
  body,
  frame: (error) => `data: ${JSON.stringify(body(error))}\n\n`,
};

/** The responses API streams typed events, errors among them. */
export const openAiResponsesEnvelope: Envelope = {
  ...openAiEnvelope,
  frame({ code, message, param }) {
    const event = { type: 'error', sequence_number: 0, code, message, param };
    return `event: error\ndata: ${JSON.stringify(event)}\n\n`;
  },
};
