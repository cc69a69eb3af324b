import { splitTemplate } from '../../../../../shared/core/expression/splitTemplate.ts'

/** The text that a template without expressions stands for. */
export function saidBy(template: string): string {
  const split = splitTemplate(template)
  if ('problem' in split) return split.problem
  return split.parts
    .map(({ kind, text }) => (kind === 'text' ? text : `an expression: ${text}`))
    .join('')
}
