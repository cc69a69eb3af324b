import type { App } from '../harness/app.ts'

export type ListedRun = {
  readonly id: string
  readonly workflow: string | null
  readonly status: string | null
  readonly health: string
  readonly finishedAt: string | null
  readonly archived?: boolean
  readonly ref: { readonly document: string; readonly format: string }
}

/** What the command line lists, newest change first. */
export async function listRuns(app: App, workspace: string): Promise<readonly ListedRun[]> {
  const listed = await app.cli(['list', '--workspace', workspace, '--json'])
  return (listed.json() as { rows: readonly ListedRun[] }).rows // the answer of run.list
}

export async function findRun(
  app: App,
  workspace: string,
  matches: (run: ListedRun) => boolean,
): Promise<ListedRun> {
  const rows = await listRuns(app, workspace)
  const found = rows.find(matches)
  if (found === undefined) throw new Error(`No such run among ${JSON.stringify(rows)}`)
  return found
}

/** A run whose head was cut, and whose journal is whole. */
export function isBroken(run: ListedRun): boolean {
  return run.health === 'damaged' && run.status === 'completed'
}

export function isOldAndDone(run: ListedRun): boolean {
  const ageMs = Date.now() - Date.parse(run.finishedAt ?? new Date().toISOString())
  return run.health === 'ok' && run.status === 'completed' && ageMs > 100 * 864e5
}
