/**
 * Amounts are whole microcredits and times whole milliseconds since the epoch, as in the SQLite store.
 * `accounts.balance_micro` is what can be spent: the sum of the ledger less the open holds. What a call writes has no
 * foreign keys: the statement that writes it reads the rows it names. Nothing is numbered by a sequence: entries are by
 * their account, whose row is locked then, and `written_at` only puts in order what has the same time.
 */
export const initial = `
CREATE TABLE accounts (
  id text PRIMARY KEY,
  name text NOT NULL,
  plan text NOT NULL CHECK (plan IN ('free', 'pro')),
  monthly_credits_micro bigint CHECK (monthly_credits_micro >= 0),
  default_mode text CHECK (default_mode IN ('managed', 'byok')),
  default_provider text CHECK (default_provider IN ('google', 'openai', 'anthropic')),
  default_model text,
  default_model_provider text CHECK (default_model_provider IN ('google', 'openai', 'anthropic')),
  balance_micro bigint NOT NULL,
  month text NOT NULL,
  granted_micro bigint NOT NULL,
  last_entry bigint NOT NULL,
  created_at bigint NOT NULL,
  written_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK ((default_model IS NULL) = (default_model_provider IS NULL))
);

CREATE TABLE workspaces (
  id text PRIMARY KEY,
  account_id text NOT NULL REFERENCES accounts (id),
  name text NOT NULL,
  image text NOT NULL,
  template_id text,
  ram_mb bigint NOT NULL,
  vcpu_count bigint NOT NULL,
  disk_size_mb bigint NOT NULL,
  ip_address text,
  mode text CHECK (mode IN ('managed', 'byok')),
  provider text CHECK (provider IN ('google', 'openai', 'anthropic')),
  model text,
  key_provider text CHECK (key_provider IN ('google', 'openai', 'anthropic')),
  key_id text,
  key_nonce bytea,
  key_ciphertext bytea,
  key_tag bytea,
  created_at bigint NOT NULL,
  updated_at bigint NOT NULL,
  ai_updated_at bigint NOT NULL,
  deleted_at bigint,
  written_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK (
    (key_provider IS NULL) = (key_id IS NULL)
    AND (key_provider IS NULL) = (key_nonce IS NULL)
    AND (key_provider IS NULL) = (key_ciphertext IS NULL)
    AND (key_provider IS NULL) = (key_tag IS NULL)
  ),
  CHECK (deleted_at IS NULL OR key_provider IS NULL)
);

CREATE INDEX workspaces_live ON workspaces (account_id, created_at) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX workspaces_address ON workspaces (ip_address)
  WHERE ip_address IS NOT NULL AND deleted_at IS NULL;

-- The address that was given out last, in one row: who creates a workspace with an address takes his turn there.
CREATE TABLE address_turn (
  id bigint PRIMARY KEY CHECK (id = 1),
  last_address text
);
INSERT INTO address_turn (id) VALUES (1);

CREATE TABLE api_keys (
  id text PRIMARY KEY,
  account_id text NOT NULL REFERENCES accounts (id),
  workspace_id text REFERENCES workspaces (id),
  name text NOT NULL,
  prefix text NOT NULL UNIQUE,
  hash bytea NOT NULL,
  created_at bigint NOT NULL,
  last_used_at bigint,
  written_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX api_keys_of_account ON api_keys (account_id, created_at);
CREATE INDEX api_keys_of_workspace ON api_keys (workspace_id) WHERE workspace_id IS NOT NULL;

CREATE TABLE leases (
  id text PRIMARY KEY,
  place text NOT NULL,
  pid bigint NOT NULL,
  expires_at bigint NOT NULL
);

CREATE TABLE holds (
  id text PRIMARY KEY,
  account_id text NOT NULL,
  workspace_id text NOT NULL,
  lease_id text NOT NULL,
  mode text NOT NULL CHECK (mode IN ('managed', 'byok')),
  state text NOT NULL CHECK (state IN ('held', 'uncertain', 'settled', 'released')),
  amount_micro bigint NOT NULL CHECK (amount_micro >= 0),
  cost_micro bigint NOT NULL DEFAULT 0 CHECK (cost_micro >= 0),
  provider text NOT NULL,
  model text NOT NULL,
  idempotency_key text,
  subject text,
  reason text,
  input_tokens bigint NOT NULL DEFAULT 0,
  cached_input_tokens bigint NOT NULL DEFAULT 0,
  cache_write_5m_tokens bigint NOT NULL DEFAULT 0,
  cache_write_1h_tokens bigint NOT NULL DEFAULT 0,
  output_tokens bigint NOT NULL DEFAULT 0,
  created_at bigint NOT NULL,
  updated_at bigint NOT NULL,
  written_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK (state = 'settled' OR cost_micro = 0),
  CHECK (mode = 'managed' OR (amount_micro = 0 AND cost_micro = 0))
);

-- A released call spent nothing, so its caller may try again with the same key.
CREATE UNIQUE INDEX holds_idempotency ON holds (workspace_id, idempotency_key)
  WHERE idempotency_key IS NOT NULL AND state <> 'released';
CREATE INDEX holds_open ON holds (account_id) WHERE state IN ('held', 'uncertain');
CREATE INDEX holds_of_subject ON holds (account_id, subject, created_at) WHERE subject IS NOT NULL;

CREATE TABLE ledger_entries (
  account_id text NOT NULL,
  number bigint NOT NULL,
  kind text NOT NULL CHECK (kind IN ('grant', 'expiry', 'charge', 'adjustment')),
  amount_micro bigint NOT NULL,
  hold_id text UNIQUE,
  note text,
  at bigint NOT NULL,
  PRIMARY KEY (account_id, number),
  CHECK ((kind = 'charge') = (hold_id IS NOT NULL)),
  CHECK (kind = 'adjustment' OR (kind = 'grant') = (amount_micro >= 0) OR amount_micro = 0)
);

CREATE TABLE reconciliations (
  hold_id text PRIMARY KEY REFERENCES holds (id),
  decision text NOT NULL CHECK (decision IN ('settle', 'release')),
  cost_micro bigint CHECK (cost_micro >= 0),
  operator text NOT NULL,
  reason text NOT NULL,
  evidence_sha256 text,
  at bigint NOT NULL,
  written_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK ((decision = 'settle') = (cost_micro IS NOT NULL))
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the table is append-only';
END $$;

CREATE TRIGGER ledger_entries_keep BEFORE UPDATE OR DELETE ON ledger_entries
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER reconciliations_keep BEFORE UPDATE OR DELETE ON reconciliations
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE usage_days (
  account_id text NOT NULL,
  day text NOT NULL,
  workspace_id text NOT NULL,
  requests bigint NOT NULL,
  input_tokens bigint NOT NULL,
  output_tokens bigint NOT NULL,
  cost_micro bigint NOT NULL,
  PRIMARY KEY (account_id, day, workspace_id)
);

CREATE TABLE usage_minutes (
  account_id text NOT NULL,
  minute bigint NOT NULL,
  workspace_id text NOT NULL,
  requests bigint NOT NULL,
  input_tokens bigint NOT NULL,
  output_tokens bigint NOT NULL,
  cost_micro bigint NOT NULL,
  PRIMARY KEY (account_id, minute, workspace_id)
);

CREATE INDEX usage_minutes_by_age ON usage_minutes (minute);
`;
