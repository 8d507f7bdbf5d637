/** Google: the Gemini API. */
import { type ChargeTable, free, metered, refused, type Shape } from './table.ts';

const PRICING = 'https://ai.google.dev/gemini-api/docs/pricing';
const GENERATE = 'https://ai.google.dev/api/generate-content';
const EMBED = 'https://ai.google.dev/api/embeddings';
const CODE = 'https://ai.google.dev/gemini-api/docs/code-execution';
const URLS = 'https://ai.google.dev/gemini-api/docs/url-context';
const FILE_SEARCH = 'https://ai.google.dev/gemini-api/docs/file-search';
const CLOUD = 'https://docs.cloud.google.com/vertex-ai/generative-ai/pricing';
const END_USERS = 'Managed AI proxy: limits for end-users';

const GROUNDING = (what: string) => refused(`${what} has a fee that the price list does not have.`, PRICING);
const SEARCH = metered(
  'A fee for each search, or for a prompt that searches; so many are held. Refused where the model has no price for it.',
  PRICING,
);
const CLOUD_ONLY = (what: string) => refused(`${what} is offered on Google Cloud, at prices of its own.`, CLOUD);

const contents: Readonly<Record<string, Shape>> = {
  content: { free: 'parts>part role' },
  part: {
    free: `text thought thoughtSignature functionCall>functionCall functionResponse>functionResponse partMetadata*
      executableCode* codeExecutionResult* toolCall* toolResponse* videoMetadata* mediaResolution* mediaProcessing
      speechMetadata* audioTranscription*`,
    fields: {
      inlineData: metered('Pictures, sound and films are counted in tokens.', PRICING, 'blob'),
      fileData: metered('What it names is input; the whole context window is held.', PRICING, 'fileData'),
    },
  },
  blob: { free: 'data displayName mimeType' },
  fileData: { free: 'fileUri displayName mimeType' },
  functionCall: { free: 'id name args*' },
  functionResponse: { free: 'id name response* scheduling willContinue parts>responsePart' },
  responsePart: {
    free: 'mediaProcessing',
    fields: {
      inlineData: metered('Pictures and sound are counted in tokens.', PRICING, 'blob'),
      fileData: metered('What it names is input; the whole context window is held.', PRICING, 'fileData'),
    },
  },
};

export const geminiContent: ChargeTable = {
  provider: 'google',
  operations: ['generateContent', 'streamGenerateContent'],
  bothSpellings: true,
  shapes: {
    ...contents,
    request: {
      free: `contents>content generationConfig>generationConfig labels* safetySettings>safetySetting store
        systemInstruction>content toolConfig>toolConfig tools>tool`,
      fields: {
        cachedContent: metered('What it names is input; the whole context window is held.', GENERATE),
        continuationToken: metered('An answer goes on from it; the whole context window is held.', GENERATE),
        model: free('Some clients repeat there the model of the path.', GENERATE),
        serviceTier: refused('flex and priority have prices of their own.', PRICING, [
          'standard',
          'STANDARD',
          'SERVICE_TIER_STANDARD',
          'unspecified',
          'UNSPECIFIED',
          'SERVICE_TIER_UNSPECIFIED',
        ]),
        user: free('The end-user of the call, as other APIs name it; its limits are read from it.', END_USERS),
      },
    },
    generationConfig: {
      free: `temperature topP topK stopSequences responseLogprobs logprobs presencePenalty frequencyPenalty seed
        responseMimeType responseSchema* responseJsonSchema* responseModalities mediaResolution speechConfig* audioTimestamp
        thinkingConfig>thinkingConfig enableEnhancedCivicAnswers`,
      fields: {
        audioTranscriptionConfig: refused('What a transcript costs is not listed.', PRICING),
        candidateCount: metered('Each answer is held and counted.', GENERATE),
        generationOutputConfig: CLOUD_ONLY('Output into a bucket'),
        imageConfig: metered('Pictures are counted in output tokens, by size.', PRICING, '*'),
        maxOutputTokens: metered('Output is held up to it.', GENERATE),
        modelArmorConfig: CLOUD_ONLY('Model Armor'),
        modelSelectionConfig: CLOUD_ONLY('The choice of another model'),
        routingConfig: CLOUD_ONLY('The choice of another model'),
      },
    },
    thinkingConfig: { free: 'includeThoughts thinkingBudget thinkingLevel' },
    safetySetting: { free: 'category threshold' },
    tool: {
      free: 'functionDeclarations>functionDeclaration computerUse*',
      fields: {
        codeExecution: metered('No fee; the whole context window is held for what the code prints.', CODE, '*'),
        enterpriseWebSearch: CLOUD_ONLY('Web grounding for enterprises'),
        exaAiSearch: CLOUD_ONLY('Search by Exa'),
        fileSearch: refused("A store of files belongs to the platform's key, not to the workspace.", FILE_SEARCH),
        googleMaps: GROUNDING('Grounding with Google Maps'),
        googleSearch: { ...SEARCH, inside: 'googleSearch' },
        googleSearchRetrieval: { ...SEARCH, inside: 'googleSearchRetrieval' },
        mcpServers: refused('The provider calls the servers itself, as often as the model likes.', GENERATE),
        parallelAiSearch: CLOUD_ONLY('Search by Parallel'),
        retrieval: CLOUD_ONLY('Retrieval from a data store'),
        urlContext: metered('No fee; the whole context window is held for what the pages have.', URLS, '*'),
      },
    },
    googleSearch: { free: 'searchTypes* timeRangeFilter*' },
    googleSearchRetrieval: { free: 'dynamicRetrievalConfig*' },
    functionDeclaration: {
      free: 'name description behavior parameters* parametersJsonSchema* response* responseJsonSchema*',
    },
    toolConfig: {
      free: 'functionCallingConfig>functionCallingConfig retrievalConfig>retrievalConfig includeServerSideToolInvocations',
    },
    functionCallingConfig: { free: 'mode allowedFunctionNames' },
    retrievalConfig: { free: 'languageCode latLng>latLng' },
    latLng: { free: 'latitude longitude' },
  },
};

const embedding: Shape = {
  free: 'content>content taskType title outputDimensionality',
  fields: {
    audioTrackExtraction: CLOUD_ONLY('Sound of films'),
    autoTruncate: free('Cuts the input; costs less.', EMBED),
    documentOcr: CLOUD_ONLY('Text recognition'),
    model: free('The SDK repeats there the model of the path.', EMBED),
    mimeType: CLOUD_ONLY('The type of a document'),
  },
};

export const geminiEmbedding: ChargeTable = {
  provider: 'google',
  operations: ['embedContent'],
  bothSpellings: true,
  shapes: { ...contents, request: embedding },
};

export const geminiEmbeddings: ChargeTable = {
  provider: 'google',
  operations: ['batchEmbedContents'],
  bothSpellings: true,
  shapes: { ...contents, request: { free: 'requests>embedding' }, embedding },
};
