import { compareCommand, runCommand, runVerbs } from '../../state/actionCommands.ts'
import type { Route } from '../../state/route.ts'
import type { PaletteSubject } from './actionEntries.ts'
import type { PaletteEntry } from './paletteEntry.ts'

export type CommandFacts = {
  readonly subject: PaletteSubject | null
  readonly route: Route
  readonly copy: (text: string) => void
}

/** What is done with the run, or compared, as command lines to copy. */
export function commandEntries({ subject, route, copy }: CommandFacts): readonly PaletteEntry[] {
  const entry = (verb: string, line: string): PaletteEntry => ({
    id: `command ${verb}`,
    title: `Copy as command: ${verb}`,
    note: line,
    icon: 'copy',
    disabled: null,
    run: () => copy(line),
  })
  const compared =
    route.kind === 'compare' && route.left !== null && route.right !== null
      ? compareCommand(route.left, route.right)
      : null
  if (compared !== null) return [entry('diff', compared)]
  if (subject === null) return []
  const verbs = subject.format === 'unstuck' ? runVerbs : (['show'] as const)
  return verbs.map((verb) => entry(verb, runCommand(verb, subject.document)))
}
