import type { Run } from './run.ts'

/** Path of a step named `__proto__`, which the schema of a run passes over unread; null when there is none. */
export function reservedStep(run: Run): readonly string[] | null {
  if (Object.hasOwn(run.steps, '__proto__')) return ['steps', '__proto__']
  const { definition } = run.workflow
  if (definition === null || !Object.hasOwn(definition.steps, '__proto__')) return null
  return ['workflow', 'definition', 'steps', '__proto__']
}
