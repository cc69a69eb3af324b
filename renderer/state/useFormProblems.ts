import { useState } from 'react'
import type { FormField } from '../../shared/core/form/fieldsOf.ts'
import { readDraft, type FormDraft, type FormProblems } from './formDraft.ts'

/** What is wrong with a draft. A field is not blamed before it was left, or all of them were to be sent. */
export function useFormProblems(fields: readonly FormField[], draft: FormDraft) {
  const [left, setLeft] = useState<readonly string[] | 'all'>([])
  const read = readDraft(fields, draft)
  const all: FormProblems = read.kind === 'invalid' ? read.problems : {}
  const names = Object.keys(all)
  const seen = Object.fromEntries(
    Object.entries(all).filter(([name]) => left === 'all' || left.includes(name)),
  )
  return {
    /** How many fields are not right, seen or not. */
    count: names.length,
    seen,
    onLeave: (name: string) => {
      // One that is empty still was only passed by.
      if (left !== 'all' && !left.includes(name) && draft[name] !== undefined)
        setLeft([...left, name])
    },
    showAll: () => setLeft('all'),
  }
}
