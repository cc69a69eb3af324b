import { AppError } from '../../shared/errors.ts'

/** True for `--apply`; a plan is what one gets without asking. */
export function wantsApply(options: { readonly plan: boolean; readonly apply: boolean }): boolean {
  if (options.plan && options.apply) {
    throw new AppError('invalid-input', 'Say --plan or --apply, not both.')
  }
  return options.apply
}

export const planOrApply = {
  plan: {
    type: 'boolean',
    help: 'only show what would be done (this is what happens without --apply)',
  },
  apply: { type: 'boolean', help: 'do it' },
} as const
