// Made by `npm run generate` from spec/: do not edit.

type Provider = 'google' | 'openai' | 'anthropic';

/** The state of an account at a certain time. What is left out has the value that a new account or workspace has. */
export interface ScenarioFacts {
  readonly summary: string;
  /** What time it is, RFC 3339 in UTC: windows and months are counted from it. */
  readonly now: string;
  readonly plan: 'free' | 'pro';
  /** Microcredits granted for the current month. */
  readonly granted_micro: number;
  /** Microcredits left of them: the difference is what this month's usage costs. */
  readonly left_micro: number;
  readonly defaults?: AiSettings;
  readonly workspaces: readonly WorkspaceFacts[];
}

export interface AiSettings {
  readonly mode?: 'managed' | 'byok';
  readonly provider?: Provider;
  readonly model?: string;
}

export interface WorkspaceFacts {
  readonly id: string;
  readonly name: string;
  /** Id of a template. Default: `base`. */
  readonly template?: string;
  readonly size?: { readonly ram_mb: number; readonly vcpu_count: number; readonly disk_size_mb: number };
  readonly created_at: string;
  /** A deleted workspace only keeps its row in the usage. */
  readonly deleted_at?: string;
  readonly ai?: AiSettings & {
    /** Whose key is stored. */
    readonly key_for?: Provider;
    readonly updated_at: string;
  };
  readonly usage?: { readonly rows: readonly UsageRow[] } | { readonly shape: UsageShape };
}

/** Settled calls of about the same time. */
export interface UsageRow {
  readonly at: string;
  readonly requests: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  /** 0 in byok. */
  readonly cost_micro: number;
}

/** Usage that is made up from a seed; its cost follows from what the account has spent. */
export interface UsageShape {
  readonly seed: number;
  /** First and last day with usage. Default of `until`: today. */
  readonly since: string;
  readonly until?: string;
  /** On a working day; weekends have about a third. */
  readonly requests_a_day: number;
  /** Of one request, on average. */
  readonly input_tokens: number;
  readonly output_tokens: number;
}

/** By the name of the scenario. */
export const scenarioFacts = {
  "fresh-account": {
    "summary": "Just signed up, one workspace, nothing used",
    "now": "2026-03-24T14:25:30Z",
    "plan": "free",
    "granted_micro": 250000000,
    "left_micro": 250000000,
    "workspaces": [
      {
        "id": "ws-5d0c7e21",
        "name": "my-first-workspace",
        "created_at": "2026-03-24T14:20:00Z"
      }
    ]
  },
  "busy-month": {
    "summary": "A month of real work, with most of the credits still there",
    "now": "2026-03-24T14:25:30Z",
    "plan": "pro",
    "granted_micro": 2000000000,
    "left_micro": 761482917,
    "defaults": {
      "provider": "anthropic",
      "model": "claude-sonnet-4-5"
    },
    "workspaces": [
      {
        "id": "ws-a1b2c3d4",
        "name": "storefront",
        "template": "ai-agent-starter",
        "size": {
          "ram_mb": 2048,
          "vcpu_count": 2,
          "disk_size_mb": 2048
        },
        "created_at": "2026-01-10T08:00:00Z",
        "ai": {
          "provider": "openai",
          "model": "gpt-4o-mini",
          "updated_at": "2026-02-02T11:15:00Z"
        },
        "usage": {
          "shape": {
            "seed": 11,
            "since": "2026-02-23",
            "requests_a_day": 620,
            "input_tokens": 1800,
            "output_tokens": 320
          }
        }
      },
      {
        "id": "ws-e5f6a7b8",
        "name": "support-assistant",
        "template": "ai-agent-starter",
        "size": {
          "ram_mb": 1024,
          "vcpu_count": 1,
          "disk_size_mb": 1024
        },
        "created_at": "2026-01-12T09:30:00Z",
        "usage": {
          "shape": {
            "seed": 12,
            "since": "2026-02-23",
            "requests_a_day": 240,
            "input_tokens": 3900,
            "output_tokens": 540
          }
        }
      },
      {
        "id": "ws-0c9d8e7f",
        "name": "nightly-batch",
        "size": {
          "ram_mb": 4096,
          "vcpu_count": 4,
          "disk_size_mb": 4096
        },
        "created_at": "2026-03-02T16:45:00Z",
        "ai": {
          "mode": "managed",
          "provider": "google",
          "updated_at": "2026-03-02T17:00:00Z"
        },
        "usage": {
          "shape": {
            "seed": 13,
            "since": "2026-03-03",
            "requests_a_day": 90,
            "input_tokens": 9200,
            "output_tokens": 900
          }
        }
      },
      {
        "id": "ws-77aa10f2",
        "name": "winter-campaign",
        "created_at": "2025-11-20T10:00:00Z",
        "deleted_at": "2026-03-06T18:00:00Z",
        "usage": {
          "shape": {
            "seed": 14,
            "since": "2026-02-23",
            "until": "2026-03-06",
            "requests_a_day": 60,
            "input_tokens": 1500,
            "output_tokens": 600
          }
        }
      }
    ]
  },
  "almost-out": {
    "summary": "A free account with three credits left and a week to go",
    "now": "2026-03-24T14:25:30Z",
    "plan": "free",
    "granted_micro": 250000000,
    "left_micro": 3104250,
    "workspaces": [
      {
        "id": "ws-b3e81f90",
        "name": "recipe-helper",
        "template": "ai-agent-starter",
        "created_at": "2026-02-27T12:00:00Z",
        "usage": {
          "shape": {
            "seed": 21,
            "since": "2026-02-28",
            "requests_a_day": 110,
            "input_tokens": 2400,
            "output_tokens": 420
          }
        }
      },
      {
        "id": "ws-9ad4c260",
        "name": "newsletter",
        "created_at": "2026-03-11T07:30:00Z",
        "usage": {
          "shape": {
            "seed": 22,
            "since": "2026-03-12",
            "requests_a_day": 45,
            "input_tokens": 1100,
            "output_tokens": 800
          }
        }
      }
    ]
  },
  "exhausted": {
    "summary": "A free account that has spent its last credit",
    "now": "2026-03-24T14:25:30Z",
    "plan": "free",
    "granted_micro": 250000000,
    "left_micro": 0,
    "workspaces": [
      {
        "id": "ws-c4d5e6f7",
        "name": "homework-tutor",
        "template": "ai-agent-starter",
        "created_at": "2026-02-20T15:00:00Z",
        "usage": {
          "shape": {
            "seed": 31,
            "since": "2026-02-23",
            "requests_a_day": 130,
            "input_tokens": 2600,
            "output_tokens": 380
          }
        }
      },
      {
        "id": "ws-18f0b7aa",
        "name": "playground",
        "created_at": "2026-03-15T19:10:00Z",
        "usage": {
          "shape": {
            "seed": 32,
            "since": "2026-03-16",
            "requests_a_day": 25,
            "input_tokens": 900,
            "output_tokens": 700
          }
        }
      }
    ]
  },
  "byok": {
    "summary": "Every workspace pays with its own key; credits stay untouched",
    "now": "2026-03-24T14:25:30Z",
    "plan": "pro",
    "granted_micro": 2000000000,
    "left_micro": 2000000000,
    "defaults": {
      "mode": "byok",
      "provider": "anthropic"
    },
    "workspaces": [
      {
        "id": "ws-2f6b9d31",
        "name": "contract-review",
        "template": "ai-agent-starter",
        "size": {
          "ram_mb": 2048,
          "vcpu_count": 2,
          "disk_size_mb": 2048
        },
        "created_at": "2026-02-03T10:00:00Z",
        "ai": {
          "key_for": "anthropic",
          "updated_at": "2026-02-03T10:12:00Z"
        },
        "usage": {
          "shape": {
            "seed": 41,
            "since": "2026-02-23",
            "requests_a_day": 180,
            "input_tokens": 6400,
            "output_tokens": 950
          }
        }
      },
      {
        "id": "ws-6e1d0a48",
        "name": "image-captions",
        "created_at": "2026-02-18T13:20:00Z",
        "ai": {
          "mode": "byok",
          "provider": "google",
          "model": "gemini-2.5-pro",
          "key_for": "google",
          "updated_at": "2026-02-18T13:31:00Z"
        },
        "usage": {
          "shape": {
            "seed": 42,
            "since": "2026-02-23",
            "requests_a_day": 75,
            "input_tokens": 1300,
            "output_tokens": 210
          }
        }
      }
    ]
  },
  "missing-key": {
    "summary": "One workspace is set to its own key, and there is none",
    "now": "2026-03-24T14:25:30Z",
    "plan": "pro",
    "granted_micro": 2000000000,
    "left_micro": 1999941250,
    "workspaces": [
      {
        "id": "ws-d8c7b6a5",
        "name": "translation-desk",
        "template": "ai-agent-starter",
        "created_at": "2026-03-20T09:00:00Z",
        "ai": {
          "mode": "byok",
          "provider": "google",
          "updated_at": "2026-03-23T16:40:00Z"
        },
        "usage": {
          "rows": [
            {
              "at": "2026-03-21T10:05:00Z",
              "requests": 4,
              "input_tokens": 5200,
              "output_tokens": 1100,
              "cost_micro": 24000
            },
            {
              "at": "2026-03-23T16:20:00Z",
              "requests": 2,
              "input_tokens": 2700,
              "output_tokens": 480,
              "cost_micro": 11750
            }
          ]
        }
      },
      {
        "id": "ws-4b5a6978",
        "name": "status-page",
        "created_at": "2026-03-22T14:00:00Z",
        "usage": {
          "rows": [
            {
              "at": "2026-03-24T08:12:00Z",
              "requests": 3,
              "input_tokens": 3600,
              "output_tokens": 700,
              "cost_micro": 17000
            },
            {
              "at": "2026-03-24T14:02:00Z",
              "requests": 1,
              "input_tokens": 1300,
              "output_tokens": 260,
              "cost_micro": 6000
            }
          ]
        }
      }
    ]
  },
  "unicode-names": {
    "summary": "Names in many scripts, right to left, long, and with markup in them",
    "now": "2026-03-24T14:25:30Z",
    "plan": "pro",
    "granted_micro": 2000000000,
    "left_micro": 1999894000,
    "workspaces": [
      {
        "id": "ws-00000001",
        "name": "客服助手・東京支社",
        "created_at": "2026-03-01T08:00:00Z",
        "usage": {
          "rows": [
            {
              "at": "2026-03-23T09:00:00Z",
              "requests": 3,
              "input_tokens": 4100,
              "output_tokens": 820,
              "cost_micro": 20000
            },
            {
              "at": "2026-03-24T13:45:00Z",
              "requests": 2,
              "input_tokens": 2500,
              "output_tokens": 430,
              "cost_micro": 11000
            }
          ]
        }
      },
      {
        "id": "ws-00000002",
        "name": "מערכת תמיכה — العربية",
        "created_at": "2026-03-02T08:00:00Z",
        "usage": {
          "rows": [
            {
              "at": "2026-03-22T11:30:00Z",
              "requests": 1,
              "input_tokens": 1500,
              "output_tokens": 300,
              "cost_micro": 8000
            }
          ]
        }
      },
      {
        "id": "ws-00000003",
        "name": "👩🏽‍🚀 équipe d’été 🏳️‍🌈",
        "created_at": "2026-03-03T08:00:00Z",
        "usage": {
          "rows": [
            {
              "at": "2026-03-24T10:10:00Z",
              "requests": 5,
              "input_tokens": 6200,
              "output_tokens": 1400,
              "cost_micro": 33000
            }
          ]
        }
      },
      {
        "id": "ws-00000004",
        "name": "<b>\"Tom & Jerry's\"</b> =1+1, {{name}} \\ %s",
        "created_at": "2026-03-04T08:00:00Z",
        "usage": {
          "rows": [
            {
              "at": "2026-03-20T17:55:00Z",
              "requests": 2,
              "input_tokens": 2100,
              "output_tokens": 350,
              "cost_micro": 10000
            }
          ]
        }
      },
      {
        "id": "ws-00000005",
        "name": "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenkasten",
        "created_at": "2026-03-05T08:00:00Z",
        "usage": {
          "rows": [
            {
              "at": "2026-03-19T06:40:00Z",
              "requests": 4,
              "input_tokens": 4800,
              "output_tokens": 900,
              "cost_micro": 24000
            }
          ]
        }
      },
      {
        "id": "ws-00000006",
        "name": "نظام ١٢٣ v2.0 (تجريبي)",
        "created_at": "2026-03-06T08:00:00Z"
      }
    ]
  },
  "large-numbers": {
    "summary": "Amounts and counts as long as a screen will ever have to show",
    "now": "2026-03-24T14:25:30Z",
    "plan": "pro",
    "granted_micro": 5000000000000000,
    "left_micro": 1234567890123457,
    "workspaces": [
      {
        "id": "ws-f0f0f0f1",
        "name": "document-pipeline-production",
        "template": "ai-agent-starter",
        "created_at": "2025-06-01T08:00:00Z",
        "usage": {
          "shape": {
            "seed": 61,
            "since": "2026-02-23",
            "requests_a_day": 48000000,
            "input_tokens": 5200,
            "output_tokens": 640
          }
        }
      },
      {
        "id": "ws-f0f0f0f2",
        "name": "search-ranking",
        "created_at": "2025-07-14T08:00:00Z",
        "usage": {
          "shape": {
            "seed": 62,
            "since": "2026-02-23",
            "requests_a_day": 9500000,
            "input_tokens": 800,
            "output_tokens": 60
          }
        }
      },
      {
        "id": "ws-f0f0f0f3",
        "name": "shard-01",
        "created_at": "2025-08-01T08:00:00Z"
      },
      {
        "id": "ws-f0f0f0f4",
        "name": "shard-02",
        "created_at": "2025-08-01T08:01:00Z"
      },
      {
        "id": "ws-f0f0f0f5",
        "name": "shard-03",
        "created_at": "2025-08-01T08:02:00Z"
      },
      {
        "id": "ws-f0f0f0f6",
        "name": "shard-04",
        "created_at": "2025-08-01T08:03:00Z"
      },
      {
        "id": "ws-f0f0f0f7",
        "name": "shard-05",
        "created_at": "2025-08-01T08:04:00Z"
      },
      {
        "id": "ws-f0f0f0f8",
        "name": "shard-06",
        "created_at": "2025-08-01T08:05:00Z"
      },
      {
        "id": "ws-f0f0f0f9",
        "name": "shard-07",
        "created_at": "2025-08-01T08:06:00Z"
      },
      {
        "id": "ws-f0f0f0fa",
        "name": "shard-08",
        "created_at": "2025-08-01T08:07:00Z"
      }
    ]
  },
  "empty": {
    "summary": "An account without any workspace",
    "now": "2026-03-24T14:25:30Z",
    "plan": "free",
    "granted_micro": 250000000,
    "left_micro": 250000000,
    "workspaces": []
  }
} as const satisfies Readonly<Record<string, ScenarioFacts>>;
