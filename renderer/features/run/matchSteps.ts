/** Which steps are looked for, by name and by status; an empty text and null stand for all. */
export type StepFilterValue = { readonly text: string; readonly status: string | null }

export const noFilter: StepFilterValue = { text: '', status: null }

type Named = { readonly id: string; readonly status: string; readonly title?: string | null }

/** Ids of what matches, in their order; null when nothing in particular is looked for. */
export function matchSteps(
  steps: readonly Named[],
  { text, status }: StepFilterValue,
): readonly string[] | null {
  const wanted = text.trim().toLowerCase()
  if (wanted === '' && status === null) return null
  return steps
    .filter(
      (step) =>
        (status === null || step.status === status) &&
        `${step.id} ${step.title ?? ''}`.toLowerCase().includes(wanted),
    )
    .map(({ id }) => id)
}
