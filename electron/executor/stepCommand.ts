import { homedir } from 'node:os'
import { resolve } from 'node:path'
import type { Run } from '../../shared/schema/run.ts'
import type { StepDefinition } from '../../shared/schema/workflow.ts'

/** The program and its arguments; a line goes through the shell. */
export function stepCommand(definition: StepDefinition): readonly string[] {
  return definition.command ?? ['/bin/sh', '-c', definition.run ?? '']
}

/** Where a step works: relative folders start where the run does. */
export function workingFolder(run: Pick<Run, 'place'>, definition: StepDefinition): string {
  return resolve(run.place.folder ?? homedir(), definition.workingFolder ?? '.')
}
