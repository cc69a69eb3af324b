import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import type { SavedView } from '../../shared/contract/views.ts'
import { AppError } from '../../shared/errors.ts'
import type { ServiceContext } from './context.ts'

/** Where a person's views are kept: outside of every workspace. */
export interface ViewStore {
  read(): Promise<readonly SavedView[]>
  /** Changes what is kept as a whole: changes at the same time come one after the other. Returns what is kept then. */
  change(
    change: (views: readonly SavedView[]) => readonly SavedView[],
  ): Promise<readonly SavedView[]>
}

type Views = CallOutput<'view.list'>

export async function listViews({ views }: ServiceContext): Promise<Views> {
  return { views: [...(await views.read())] }
}

export async function saveView(
  context: ServiceContext,
  view: HandlerInput<'view.save'>,
): Promise<Views> {
  return changed(context, (views) => {
    if (views.some(({ name }) => name === view.name))
      return views.map((one) => (one.name === view.name ? view : one))
    if (views.length < most) return [...views, view]
    throw new AppError(
      'invalid-input',
      `There are ${most} saved views already. Delete one that is not used any more.`,
    )
  })
}

const most = 100

export async function renameView(
  context: ServiceContext,
  { name, to }: HandlerInput<'view.rename'>,
): Promise<Views> {
  return changed(context, (views) => {
    requireView(views, name)
    if (to !== name && views.some((one) => one.name === to))
      throw new AppError('invalid-input', `There is a view “${to}” already. Choose another name.`)
    return views.map((one) => (one.name === name ? { ...one, name: to } : one))
  })
}

export async function deleteView(
  context: ServiceContext,
  { name }: HandlerInput<'view.delete'>,
): Promise<Views> {
  return changed(context, (views) => {
    requireView(views, name)
    return views.filter((one) => one.name !== name)
  })
}

function requireView(views: readonly SavedView[], name: string): void {
  if (views.some((one) => one.name === name)) return
  const names = views.map((one) => `“${one.name}”`).join(', ')
  throw new AppError(
    'not-found',
    `There is no saved view “${name}”. There ${names === '' ? 'are none' : `are ${names}`}.`,
  )
}

/** Whoever else is attached reads them anew. */
async function changed(
  { views, emit }: ServiceContext,
  change: Parameters<ViewStore['change']>[0],
): Promise<Views> {
  const kept = await views.change(change)
  emit('workspace.changed', {})
  return { views: [...kept] }
}
