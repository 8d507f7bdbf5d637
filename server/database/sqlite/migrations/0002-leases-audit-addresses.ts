/**
 * Leases: who is at work on a hold. What is held when this runs belongs to nobody that lives.
 * Reconciliations: what operators decided about uncertain holds, for ever.
 * Addresses: of workspaces on the compute network; a deleted one keeps what it had, for the record.
 */
export const leasesAuditAddresses = `
CREATE TABLE leases (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  place TEXT NOT NULL,
  pid INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;

ALTER TABLE holds ADD COLUMN lease_id INTEGER;
UPDATE holds SET state = 'uncertain', reason = 'process ended' WHERE state = 'held';

CREATE TABLE reconciliations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  hold_id TEXT NOT NULL UNIQUE REFERENCES holds (id),
  decision TEXT NOT NULL CHECK (decision IN ('settle', 'release')),
  cost_micro INTEGER CHECK (cost_micro >= 0),
  operator TEXT NOT NULL,
  reason TEXT NOT NULL,
  evidence_sha256 TEXT,
  at INTEGER NOT NULL,
  CHECK ((decision = 'settle') = (cost_micro IS NOT NULL))
) STRICT;

CREATE TRIGGER reconciliations_keep_update BEFORE UPDATE ON reconciliations
BEGIN SELECT RAISE(ABORT, 'reconciliations are append-only'); END;

CREATE TRIGGER reconciliations_keep_delete BEFORE DELETE ON reconciliations
BEGIN SELECT RAISE(ABORT, 'reconciliations are append-only'); END;

ALTER TABLE workspaces ADD COLUMN ip_address TEXT;
CREATE UNIQUE INDEX workspaces_address ON workspaces (ip_address)
  WHERE ip_address IS NOT NULL AND deleted_at IS NULL;
`;
