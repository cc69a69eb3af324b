import type { TextNode } from '../text/parseText.ts'
import { goMember, goValue } from './goShape.ts'

/** The versions of AWF that write these keys: nothing in the document says it. */
export function awfVersion(root: TextNode): string {
  const has = (field: string) => goMember(root, field) !== null
  const states = goValue(root, 'States')
  const steps = states?.kind === 'object' ? states.members.map(({ value }) => value) : []
  const stepHas = (field: string) => steps.some((step) => goMember(step, field) !== null)
  if (has('ParentRunID')) return '0.11 or later'
  if (stepHas('TokensInput')) return '0.9 to 0.10'
  if (stepHas('ContextWindowState')) return '0.5 to 0.6'
  if (stepHas('Data')) return '0.7 to 0.8'
  if (has('ExitCode')) return '0.5 to 0.10'
  return has('CurrentLoop') ? '0.3 to 0.4' : '0.1 to 0.2'
}
