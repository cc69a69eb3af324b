import type { Client } from '../../shared/contract/contract.ts'
import { compileRules } from '../../shared/core/secrets/compileRules.ts'
import { maskText, maskValue } from '../../shared/core/secrets/maskSecrets.ts'

/** What a command prints of a value: the same as a screen shows before somebody asks for its secrets. */
export type Mask = {
  /** The JSON text of the value at a pointer. */
  readonly value: (pointer: string, text: string) => string
  readonly text: (text: string) => string
}

export async function createMask(client: Client): Promise<Mask> {
  const { redaction = { keys: [], values: [], paths: [] } } = await client.call('workspace.get', {})
  const { rules } = compileRules(redaction)
  return {
    value: (pointer, text) => maskValue(pointer, text, rules),
    text: (text) => maskText(text, rules),
  }
}
