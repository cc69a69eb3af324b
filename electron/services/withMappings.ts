import { parseText, member } from '../../shared/core/formats/text/parseText.ts'
import { patchText } from '../../shared/core/formats/text/patchText.ts'
import { readSettingsText, settingsVersion } from '../../shared/core/settings/readSettings.ts'
import { findingSentence } from '../../shared/core/settings/settingsFindings.ts'
import type { UnknownMapping } from '../../shared/schema/unknownMapping.ts'

/** The text of the settings with these mappings in it, and nothing else of it changed; or why there is none. */
export function withMappings(
  text: string | null,
  mappings: readonly UnknownMapping[],
): { readonly text: string } | { readonly problem: string } {
  const value = { unknown: { mappings } }
  if (text === null) return checked(`${JSON.stringify(value, null, 2)}\n`)
  const parsed = parseText(text)
  if (parsed.kind === 'broken' || parsed.root.kind !== 'object')
    return { problem: 'unstuck.json cannot be used as it is: mend it first.' }
  const isThere = member(parsed.root, 'unknown')?.kind === 'object'
  const patched = patchText(text, [
    isThere
      ? { op: 'add', path: ['unknown', 'mappings'], value: JSON.stringify(mappings) }
      : { op: 'add', path: ['unknown'], value: JSON.stringify(value.unknown) },
  ])
  return patched.kind === 'ok' ? checked(patched.text) : { problem: patched.problem }
}

/** As any other settings are looked at before they are used. */
export function checked(text: string): { readonly text: string } | { readonly problem: string } {
  const reading = readSettingsText(text)
  if (reading.kind === 'ok' && reading.version === settingsVersion) return { text }
  if (reading.kind === 'ok') return { problem: 'unstuck.json is of version 0: migrate it first.' }
  const [finding] = reading.findings
  const what = finding === undefined ? '' : `: ${findingSentence(finding)}`
  return { problem: `unstuck.json could not be used${what}.` }
}
