import { basename } from 'node:path'
import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import type { RecentWorkspace } from '../../shared/contract/workspace.ts'
import { AppError } from '../../shared/errors.ts'
import type { RecentWorkspaces, ServiceContext } from './context.ts'
import { openedPath } from './workspaceState.ts'

/** Those that were open lately; how many runs of this one need attention is kept for when another is shown. */
export async function listRecent(context: ServiceContext): Promise<CallOutput<'workspace.recent'>> {
  const { recent, rowsElsewhere, workspace } = context
  const path = openedPath(context)
  const alone = { path, name: workspace.name, attention: null, isCurrent: true } as const
  if (recent === undefined) return recentBeside(undefined, alone)
  const attention = (await rowsElsewhere?.countAttention()) ?? null
  if (attention !== null) recent.note(path, attention)
  return recentBeside(recent, { ...alone, attention })
}

export function recentBeside(
  recent: RecentWorkspaces | undefined,
  current: RecentWorkspace,
): CallOutput<'workspace.recent'> {
  if (recent === undefined) return { workspaces: [current], canOpen: false }
  const others = recent
    .list()
    .filter(({ path }) => path !== current.path)
    .map((one) => ({ ...one, name: basename(one.path) || one.path, isCurrent: false }))
  return { workspaces: [current, ...others].slice(0, most), canOpen: true }
}

const most = 10

/** Only what a person opened here before: a page names no path of its own. */
export async function openRecent(
  { recent }: { readonly recent?: RecentWorkspaces | undefined },
  { path, view }: HandlerInput<'workspace.open'>,
): Promise<CallOutput<'workspace.open'>> {
  if (recent === undefined)
    throw new AppError(
      'invalid-input',
      'This host shows one workspace. Show another with: unstuck serve --workspace FOLDER',
    )
  if (!recent.list().some((one) => one.path === path))
    throw new AppError('not-found', `${path} was not open here lately. Open it from the menu.`)
  recent.open(path, view ?? '')
  return { opening: path }
}
