import type { Client } from '../../shared/contract/contract.ts'
import { printable } from './text/printable.ts'

/** A settings file that is not used is told before anything runs without it. */
export async function saySettingsProblem(
  client: Client,
  say: (line: string) => void,
): Promise<void> {
  const { settingsProblem } = await client.call('workspace.get', {})
  if (settingsProblem !== null) say(printable(settingsProblem))
}
