/**
 * Amounts are whole microcredits and times whole milliseconds since the epoch; STRICT refuses a fraction in either.
 * `accounts.balance_micro` is what can be spent: the sum of the ledger less the open holds.
 */
export const initial = `
CREATE TABLE accounts (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  plan TEXT NOT NULL CHECK (plan IN ('free', 'pro')),
  monthly_credits_micro INTEGER CHECK (monthly_credits_micro >= 0),
  default_mode TEXT CHECK (default_mode IN ('managed', 'byok')),
  default_provider TEXT CHECK (default_provider IN ('google', 'openai', 'anthropic')),
  default_model TEXT,
  default_model_provider TEXT CHECK (default_model_provider IN ('google', 'openai', 'anthropic')),
  balance_micro INTEGER NOT NULL,
  month TEXT NOT NULL,
  granted_micro INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  CHECK ((default_model IS NULL) = (default_model_provider IS NULL))
) STRICT;

CREATE TABLE workspaces (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  name TEXT NOT NULL,
  image TEXT NOT NULL,
  template_id TEXT,
  ram_mb INTEGER NOT NULL,
  vcpu_count INTEGER NOT NULL,
  disk_size_mb INTEGER NOT NULL,
  mode TEXT CHECK (mode IN ('managed', 'byok')),
  provider TEXT CHECK (provider IN ('google', 'openai', 'anthropic')),
  model TEXT,
  key_provider TEXT CHECK (key_provider IN ('google', 'openai', 'anthropic')),
  key_id TEXT,
  key_nonce BLOB,
  key_ciphertext BLOB,
  key_tag BLOB,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  ai_updated_at INTEGER NOT NULL,
  deleted_at INTEGER,
  CHECK (
    (key_provider IS NULL) = (key_id IS NULL)
    AND (key_provider IS NULL) = (key_nonce IS NULL)
    AND (key_provider IS NULL) = (key_ciphertext IS NULL)
    AND (key_provider IS NULL) = (key_tag IS NULL)
  ),
  CHECK (deleted_at IS NULL OR key_provider IS NULL)
) STRICT;

CREATE INDEX workspaces_live ON workspaces (account_id, created_at) WHERE deleted_at IS NULL;

CREATE TABLE api_keys (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  workspace_id TEXT REFERENCES workspaces (id),
  name TEXT NOT NULL,
  prefix TEXT NOT NULL UNIQUE,
  hash BLOB NOT NULL,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER
) STRICT;

CREATE INDEX api_keys_of_account ON api_keys (account_id, created_at);
CREATE INDEX api_keys_of_workspace ON api_keys (workspace_id) WHERE workspace_id IS NOT NULL;

CREATE TABLE holds (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  workspace_id TEXT NOT NULL REFERENCES workspaces (id),
  mode TEXT NOT NULL CHECK (mode IN ('managed', 'byok')),
  state TEXT NOT NULL CHECK (state IN ('held', 'uncertain', 'settled', 'released')),
  amount_micro INTEGER NOT NULL CHECK (amount_micro >= 0),
  cost_micro INTEGER NOT NULL DEFAULT 0 CHECK (cost_micro >= 0),
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  idempotency_key TEXT,
  subject TEXT,
  reason TEXT,
  input_tokens INTEGER NOT NULL DEFAULT 0,
  cached_input_tokens INTEGER NOT NULL DEFAULT 0,
  cache_write_5m_tokens INTEGER NOT NULL DEFAULT 0,
  cache_write_1h_tokens INTEGER NOT NULL DEFAULT 0,
  output_tokens INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  CHECK (state = 'settled' OR cost_micro = 0),
  CHECK (mode = 'managed' OR (amount_micro = 0 AND cost_micro = 0))
) STRICT;

-- A released call spent nothing, so its caller may try again with the same key.
CREATE UNIQUE INDEX holds_idempotency ON holds (workspace_id, idempotency_key)
  WHERE idempotency_key IS NOT NULL AND state <> 'released';
CREATE INDEX holds_open ON holds (account_id) WHERE state IN ('held', 'uncertain');
CREATE INDEX holds_of_subject ON holds (account_id, subject, created_at) WHERE subject IS NOT NULL;

CREATE TABLE ledger_entries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  kind TEXT NOT NULL CHECK (kind IN ('grant', 'expiry', 'charge', 'adjustment')),
  amount_micro INTEGER NOT NULL,
  hold_id TEXT UNIQUE REFERENCES holds (id),
  note TEXT,
  at INTEGER NOT NULL,
  CHECK ((kind = 'charge') = (hold_id IS NOT NULL)),
  CHECK (kind = 'adjustment' OR (kind = 'grant') = (amount_micro >= 0) OR amount_micro = 0)
) STRICT;

CREATE INDEX ledger_entries_of_account ON ledger_entries (account_id);

CREATE TRIGGER ledger_entries_keep_update BEFORE UPDATE ON ledger_entries
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TRIGGER ledger_entries_keep_delete BEFORE DELETE ON ledger_entries
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TABLE usage_days (
  account_id TEXT NOT NULL,
  day TEXT NOT NULL,
  workspace_id TEXT NOT NULL REFERENCES workspaces (id),
  requests INTEGER NOT NULL,
  input_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  cost_micro INTEGER NOT NULL,
  PRIMARY KEY (account_id, day, workspace_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE usage_minutes (
  account_id TEXT NOT NULL,
  minute INTEGER NOT NULL,
  workspace_id TEXT NOT NULL REFERENCES workspaces (id),
  requests INTEGER NOT NULL,
  input_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  cost_micro INTEGER NOT NULL,
  PRIMARY KEY (account_id, minute, workspace_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX usage_minutes_by_age ON usage_minutes (minute);
`;
