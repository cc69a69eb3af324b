// Finds the secrets of a run before anything of it is masked, so that its logs do not tell what its state hides.
import type { Redactor } from './redactor.ts'
import { isObject, type JsonObject } from './sealJournal.ts'

export function learnSecrets(run: JsonObject, redactor: Redactor): void {
  redactor.learn(run['inputs'] ?? null, [])
  redactor.learn(run['variables'] ?? null, [])
  const steps = run['steps']
  if (!isObject(steps)) return
  for (const [id, step] of Object.entries(steps))
    if (isObject(step)) redactor.learn(step['output'] ?? null, [id])
}
