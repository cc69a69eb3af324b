import { runCli, type CliEnvironment } from '../../../../electron/cli/runCli.ts'
import type { CliHost } from '../../../../electron/cli/command.ts'
import type { Handlers } from '../../../../shared/contract/contract.ts'
import type { RunDetail, RunRow } from '../../../../shared/contract/runs.ts'
import { connect } from '../../../../shared/rpc/connect.ts'
import { memoryPair } from '../../../../shared/rpc/memory.ts'
import { serve } from '../../../../shared/rpc/serve.ts'
import { handlersWith, ref, workspace } from '../../../contract/samples.ts'

export type Said = { readonly exit: number; readonly out: string; readonly err: string }

export const nowMs = Date.parse('2026-01-02T04:04:05.678Z')

/** A host that answers as told, through the real contract. */
export function hostWith(given: Partial<Handlers>, onClose = (): void => undefined): CliHost {
  const attach: CliHost['attach'] = (channel) =>
    serve({
      channel,
      handlers: handlersWith({ 'workspace.get': async () => workspace, ...given }),
    }).close
  return {
    begin: () => undefined,
    prepare: () => undefined,
    workspace: { root: '/flows' },
    attach,
    client: () => {
      const [here, there] = memoryPair()
      attach(there)
      return connect(here)
    },
    close: async () => onClose(),
  }
}

/** A command line on a host that answers as told, with all that it said. */
export async function unstuck(
  argv: readonly string[],
  given: Partial<Handlers> = {},
  environment: Partial<CliEnvironment> = {},
): Promise<Said> {
  const out: string[] = []
  const err: string[] = []
  const exit = await runCli(argv, {
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    env: {},
    cwd: '/flows',
    isTty: false,
    createHost: async () => hostWith(given),
    version: '1.2.3',
    rendererDirectory: '/nowhere',
    nowMs: () => nowMs,
    ask: async () => 'no',
    onInterrupt: () => () => undefined,
    ...environment,
  })
  return { exit, out: out.join(''), err: err.join('') }
}

export function rowOf(id: string, more: Partial<RunRow> = {}): RunRow {
  return {
    ref: { ...ref, document: id },
    id,
    workflow: 'build',
    version: '1',
    status: 'completed',
    health: 'ok',
    liveness: 'none',
    reason: { rule: 'G1', sentence: 'Completed.', severity: 'resting' },
    step: null,
    stepsDone: 2,
    stepsTotal: 2,
    createdAt: '2026-01-02T03:04:05.678Z',
    updatedAt: '2026-01-02T03:04:05.678Z',
    finishedAt: null,
    attempts: 2,
    checkpoints: 0,
    sizeBytes: 1234,
    format: 'Unstuck',
    owner: null,
    supersededBy: null,
    parent: null,
    pinned: false,
    ...more,
  }
}

/** A list of these rows, searched and paged as a host does it. */
export function listOf(rows: readonly RunRow[]): Handlers['run.list'] {
  return async ({ text, offset, limit }) => {
    const found = rows.filter(({ id, ref: { document } }) => `${id} ${document}`.includes(text))
    const counts = { all: rows.length, attention: 0, running: 0, waiting: 0, failed: 0 }
    return {
      rows: found.slice(offset, offset + limit),
      total: found.length,
      counts: { ...counts, completed: 0, damaged: 0, parts: 0 },
    }
  }
}

export function detailOf(more: Partial<RunDetail>): RunDetail {
  return {
    ref,
    rev: 'r',
    health: 'ok',
    liveness: 'none',
    findings: [],
    diagnoses: [],
    holder: null,
    heldHere: false,
    sizeBytes: 0,
    files: [],
    backups: [],
    forks: [],
    run: null,
    ...more,
  }
}
