// The command lines that resume many runs, and speak to a batch.
import { optionsOf, type ManyChoices } from './resumeManyStore.ts'
import type { Route } from './route.ts'
import { option, shellLine, withOptions } from './shellLine.ts'

type ManyRoute = Route & { readonly kind: 'resumeMany' }

export function resumeManyCommand(
  { view, text, runs, except }: ManyRoute,
  choices: ManyChoices,
): string {
  const { definition, stopAfter, decisions } = optionsOf(choices)
  const which =
    runs === null
      ? [...(view === 'all' ? [] : option('view', view)), ...option('select', text)]
      : []
  const options = [
    ...which,
    ...except.flatMap((run) => option('except', run)),
    ...(definition === 'current' ? ['--current-definition'] : []),
    ...(stopAfter === null ? [] : option('stop-after', stopAfter)),
    ...decisions.flatMap(({ workflow, step, decision }) => [
      ...option('decide', `${workflow}/${step}=${decision.kind}`),
      ...(decision.kind === 'happened' && decision.output !== null
        ? option('output', `${workflow}/${step}=${JSON.stringify(decision.output)}`)
        : []),
    ]),
    ...option('canary', choices.canary.trim()),
    ...option('parallel', choices.parallel.trim()),
    ...(choices.isGuarded ? [] : option('guard', 'off')),
    ...(choices.reason.trim() === '' ? [] : option('reason', choices.reason.trim())),
    '--apply',
  ]
  return shellLine(['unstuck', 'resume', ...withOptions([...(runs ?? [])], options)])
}

export function batchCommand(verb: 'show' | 'pause' | 'continue' | 'cancel' | 'retry', id: string) {
  return shellLine(['unstuck', 'batch', verb, id])
}
