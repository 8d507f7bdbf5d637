import type { WorkspaceTemplate } from '../../../generated/control-plane.ts';
import { DEFAULT_WORKSPACE_SIZE } from '../limits/rules.ts';

const SMALL = {
  ram_mb: DEFAULT_WORKSPACE_SIZE.ramMb,
  vcpu_count: DEFAULT_WORKSPACE_SIZE.vcpuCount,
  disk_size_mb: DEFAULT_WORKSPACE_SIZE.diskSizeMb,
};

const SYSTEM_LOG = { source_type: 'journal', source_ref: 'system', display_name: 'System' };

/** What a workspace is made from that names no template. */
export const BASE_TEMPLATE: WorkspaceTemplate = {
  id: 'base',
  name: 'Base',
  description: 'A plain Linux machine with a shell, git and curl, to set up as you like.',
  icon: 'terminal',
  image: 'base',
  ...SMALL,
  category: 'general',
  has_tools: true,
  verify_binaries: ['bash', 'git', 'curl'],
  default_log_sources: [{ ...SYSTEM_LOG, is_primary: true }],
};

const DEV_TEMPLATE: WorkspaceTemplate = {
  id: 'dev',
  name: 'Development',
  description: 'Compilers and runtimes for Node.js, Python and Go, with the AI variables set in every shell.',
  icon: 'code',
  image: 'dev',
  ...SMALL,
  disk_size_mb: 2048,
  category: 'general',
  has_tools: true,
  managed_ai_config: true,
  verify_binaries: ['node', 'python3', 'go', 'git'],
  env_file_copies: ['/home/dev/.rigbox/proxy.env'],
  default_log_sources: [{ ...SYSTEM_LOG, is_primary: true }],
};

const OPENCLAW_TEMPLATE: WorkspaceTemplate = {
  id: 'openclaw',
  name: 'OpenClaw',
  description: 'The OpenClaw assistant behind its web gateway, with its model calls on the AI proxy.',
  icon: 'claw',
  image: 'openclaw',
  ram_mb: 2048,
  vcpu_count: 2,
  disk_size_mb: 2048,
  category: 'ai',
  image_bound: true,
  managed_ai_config: true,
  verify_binaries: ['node', 'openclaw'],
  default_log_sources: [
    { source_type: 'journal', source_ref: 'openclaw-gateway', display_name: 'Gateway', is_primary: true },
    SYSTEM_LOG,
  ],
  service_patches: [
    {
      unit_name: 'openclaw-gateway',
      env_file_path: '/etc/openclaw/gateway.env',
      remove_env_patterns: ['OPENAI_*', 'ANTHROPIC_*', 'GEMINI_*'],
    },
  ],
  workspace_services: [
    {
      name: 'OpenClaw gateway',
      kind: 'systemd',
      unit_name: 'openclaw-gateway',
      health_cmd: 'curl -fsS http://127.0.0.1:18789/health',
      exposed: true,
      port: 18_789,
      log_sources: [{ source_type: 'journal', source_ref: 'openclaw-gateway', display_name: 'Gateway' }],
    },
  ],
  expected_apps: [{ name: 'openclaw', port: 18_789, protocol: 'http', managed: true, system_tags: ['ai', 'gateway'] }],
};

const AGENT_TEMPLATE: WorkspaceTemplate = {
  id: 'ai-agent-starter',
  name: 'AI agent starter',
  description: 'A small agent in TypeScript that answers over HTTP and calls a model through the AI proxy.',
  icon: 'robot',
  image: 'ai-agent-starter',
  ...SMALL,
  category: 'ai',
  managed_ai_config: true,
  verify_binaries: ['node'],
  env_file_copies: ['/srv/agent/.env'],
  default_log_sources: [
    { source_type: 'journal', source_ref: 'agent', display_name: 'Agent', is_primary: true },
    SYSTEM_LOG,
  ],
  expected_apps: [
    {
      name: 'agent',
      port: 3000,
      protocol: 'http',
      managed: true,
      system_tags: ['ai'],
      configurable_params: [
        {
          key: 'AGENT_INSTRUCTIONS',
          label: 'Instructions',
          param_type: 'textarea',
          description: 'What the agent is told before every conversation.',
          default: 'Answer briefly and say so when you do not know.',
          order: 1,
        },
      ],
      usage_examples: [
        {
          language: 'bash',
          label: 'Ask a question',
          code: 'curl -d \'{"question":"What can you do?"}\' -H \'content-type: application/json\' http://localhost:3000/ask',
        },
      ],
    },
  ],
};

const WEB_TEMPLATE: WorkspaceTemplate = {
  id: 'web-fullstack',
  name: 'Web full stack',
  description: 'A web front end, an API beside it and a PostgreSQL database, started in that order from the back.',
  icon: 'layers',
  image: 'web-fullstack',
  ram_mb: 2048,
  vcpu_count: 2,
  disk_size_mb: 4096,
  category: 'web',
  has_tools: true,
  verify_binaries: ['node', 'psql'],
  default_log_sources: [
    { source_type: 'journal', source_ref: 'api', display_name: 'API', is_primary: true },
    { source_type: 'journal', source_ref: 'postgresql', display_name: 'Database' },
    SYSTEM_LOG,
  ],
  expected_apps: [
    { name: 'database', port: 5432, protocol: 'tcp', managed: true, system_tags: ['database'] },
    { name: 'api', port: 4000, protocol: 'http', managed: true, system_tags: ['web'], depends_on: ['database'] },
    { name: 'web', port: 3000, protocol: 'http', managed: true, system_tags: ['web'], depends_on: ['api'] },
  ],
};

export const templates: readonly WorkspaceTemplate[] = [
  BASE_TEMPLATE,
  DEV_TEMPLATE,
  OPENCLAW_TEMPLATE,
  AGENT_TEMPLATE,
  WEB_TEMPLATE,
];
