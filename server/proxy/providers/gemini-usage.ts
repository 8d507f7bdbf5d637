import { countOf, isAbsent, isObject, listOf, objectOf, parseJson, soundConsumption } from './json.ts';
import type { Reported } from './operation.ts';

/**
 * Reads Gemini's `usageMetadata`. The cached part is inside the prompt; thoughts and the prompts of tools are additional
 * to answer and prompt. Undefined where there is no usage.
 */
export function readUsageMetadata(metadata: unknown): Reported | undefined {
  if (!isObject(metadata) || isAbsent(metadata.promptTokenCount)) return undefined;
  const audioIn =
    modality(metadata.promptTokensDetails, 'AUDIO') + modality(metadata.toolUsePromptTokensDetails, 'AUDIO');
  const consumption = soundConsumption({
    inputTokens: countOf(metadata.promptTokenCount) + countOf(metadata.toolUsePromptTokenCount),
    cachedInputTokens: countOf(metadata.cachedContentTokenCount),
    cacheWrite5mTokens: 0,
    cacheWrite1hTokens: 0,
    outputTokens: countOf(metadata.candidatesTokenCount) + countOf(metadata.thoughtsTokenCount),
    audioInputTokens: audioIn,
    cachedAudioInputTokens: modality(metadata.cacheTokensDetails, 'AUDIO'),
    audioOutputTokens: modality(metadata.candidatesTokensDetails, 'AUDIO'),
    imageOutputTokens: modality(metadata.candidatesTokensDetails, 'IMAGE'),
  });
  return consumption && { consumption, costUsd: undefined };
}

function modality(details: unknown, name: 'AUDIO' | 'IMAGE'): number {
  return listOf(details)
    .map(objectOf)
    .filter((entry) => entry.modality === name)
    .reduce((sum, entry) => sum + countOf(entry.tokenCount), 0);
}

/** The usage of an answer in one piece: an object, or the list of chunks that a stream without `alt=sse` is. */
export function readGeminiAnswer(text: string): Reported | undefined {
  const answer = parseJson(text);
  if (!Array.isArray(answer)) return readUsageMetadata(objectOf(answer).usageMetadata);
  const chunks = answer.map(objectOf);
  if (!chunks.some((chunk) => isLastChunk(chunk) || failsWithUsage(chunk))) return undefined;
  return readUsageMetadata(chunks.findLast((chunk) => !isAbsent(chunk.usageMetadata))?.usageMetadata);
}

/** Whether a chunk is an error that tells what was used until then. */
function failsWithUsage(chunk: Readonly<Record<string, unknown>>): boolean {
  return !isAbsent(chunk.error) && !isAbsent(chunk.usageMetadata);
}

/** Whether a chunk says why an answer ends, or that there is none. */
function isLastChunk(chunk: Readonly<Record<string, unknown>>): boolean {
  const finishes = listOf(chunk.candidates).some((candidate) => !isAbsent(objectOf(candidate).finishReason));
  return finishes || isBlocked(chunk);
}

/** Whether a chunk says that the prompt was refused: no answer follows. */
export function isBlocked(chunk: Readonly<Record<string, unknown>>): boolean {
  return !isAbsent(objectOf(chunk.promptFeedback).blockReason);
}
