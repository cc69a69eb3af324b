type Written = {
  readonly fixes: readonly { readonly accepted: boolean }[]
  readonly changes: readonly unknown[]
}

type Danger = {
  readonly inDoubt: readonly string[]
  readonly lost: { readonly maybe: readonly string[]; readonly unnamed: number | null } | null
}

/** Said again before it is done; empty when a resume asks nothing. */
export function dangerSentence({ inDoubt, lost }: Danger): string {
  if (lost?.unnamed === null) return 'A resume asks first: steps are lost, nobody knows how many.'
  const count = inDoubt.length + (lost?.maybe.length ?? 0) + (lost?.unnamed ?? 0)
  if (count === 0) return ''
  return `A resume asks first about ${count === 1 ? '1 step that' : `${count} steps that`} may have run.`
}

/** What would be written, in one sentence. */
export function repairSentence({ fixes, changes }: Written): string {
  const accepted = fixes.filter((fix) => fix.accepted).length
  const of = accepted === fixes.length ? '' : ` of ${fixes.length}`
  const what = `${accepted}${of} ${fixes.length === 1 ? 'fix' : 'fixes'}`
  if (changes.length === 0) return `${what}; no value changes.`
  return `${what}; ${changes.length} ${changes.length === 1 ? 'value changes' : 'values change'}.`
}
