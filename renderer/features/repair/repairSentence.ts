type Written = {
  readonly fixes: readonly { readonly accepted: boolean }[]
  readonly changes: readonly unknown[]
}

/** What would be written, in one sentence. */
export function repairSentence({ fixes, changes }: Written): string {
  const accepted = fixes.filter((fix) => fix.accepted).length
  const of = accepted === fixes.length ? '' : ` of ${fixes.length}`
  const what = `${accepted}${of} ${fixes.length === 1 ? 'fix' : 'fixes'}`
  if (changes.length === 0) return `${what}; no value changes.`
  return `${what}; ${changes.length} ${changes.length === 1 ? 'value changes' : 'values change'}.`
}
