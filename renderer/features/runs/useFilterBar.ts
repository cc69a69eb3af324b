import { useRef, useState } from 'react'
import { useStore } from 'zustand'
import { completeQuery, lookAtCaret } from '../../../shared/core/query/completeQuery.ts'
import { partsOf, takeTyped, type QueryParts } from '../../state/queryDraft.ts'
import type { Route } from '../../state/route.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { useNavigation } from '../../state/useNavigation.ts'
import type { Token, TokenFieldProps } from '../../ui/TokenField.tsx'

type RunsRoute = Route & { readonly kind: 'runs' }

/** What is in the field, and which query it belongs to: another address has another text. */
type Writing = {
  readonly typed: string
  readonly caret: number
  readonly for: string
  readonly isOpen: boolean
  readonly active: number
}

/** What the field shows of the query, and what it tells of what is written. */
export type FilterBarState = Omit<TokenFieldProps, 'label' | 'placeholder' | 'shortcut' | 'onClear'>

/** The query in the address as pieces and text, and how it changes as it is written. */
export function useFilterBar(route: RunsRoute, onDone: () => void): FilterBarState {
  const { knownValues } = useStores()
  const { replace } = useNavigation()
  const known = useStore(knownValues, ({ values }) => values)
  const field = useRef<HTMLInputElement>(null)
  const [writing, setWriting] = useState<Writing | null>(null)
  const parts = partsOf(route.text)
  const current = writing?.for === route.text ? writing : stillOf(route.text, parts)
  const { typed, caret, isOpen, active } = current
  const terms = parts.terms.map(({ raw }) => raw)

  const options = isOpen ? completeQuery(typed, caret, known) : []
  const show = (next: Partial<Writing>) => setWriting({ ...current, ...next })
  const ask = (text: string, next: Partial<Writing>) => {
    show({ for: text, ...next })
    if (text !== route.text) replace({ ...route, text })
  }
  const write = (text: string, at: number | null, before: readonly string[] = terms) => {
    const draft = takeTyped(before, { typed: text, caret: at })
    const place = Math.max(0, (at ?? text.length) - (text.length - draft.typed.length))
    const look = lookAtCaret(draft.typed, place)
    if (look.field !== null) knownValues.getState().look(look.field.key)
    const isTerm = look.field !== null && look.field.kind !== 'state'
    const isName = look.raw.length > 1 && /^-?[a-z]+$/i.test(look.raw)
    ask(draft.text, {
      typed: draft.typed,
      caret: place,
      isOpen: isTerm || isName,
      // A word is looked for; only what is a filter already is completed by Enter.
      active: isTerm ? 0 : -1,
    })
  }
  return {
    field,
    tokens: tokensOf(parts),
    text: typed,
    options,
    active: Math.min(active, options.length - 1),
    problem: problemOf(parts),
    onText: (text, at) => write(text, at),
    onActive: (next) => show({ active: next }),
    onChoose: (index) => {
      const option = options[index]
      if (option === undefined) return
      const isWhole = lookAtCaret(typed, caret).field !== null
      if (isWhole) write(option.text, null)
      else write(option.text, option.caret)
    },
    onEdit: (index) => {
      const raw = terms[index] ?? ''
      const others = terms.filter((_, at) => at !== index)
      const text = `${typed === '' ? '' : `${typed.trimEnd()} `}${raw}`
      write(text, text.length, others)
      field.current?.focus()
    },
    onRemove: (index) => {
      const others = terms.filter((_, at) => at !== index)
      write(typed, caret, others)
      field.current?.focus()
    },
    onEnter: () => {
      const isUnfinished = partsOf(typed).terms.length > 0
      write(typed, null)
      if (!isUnfinished) onDone()
    },
    onEscape: () => {
      if (options.length > 0) show({ isOpen: false, active: -1 })
      else if (typed !== '') write('', 0)
      else field.current?.blur()
    },
    onOpen: () => show({ isOpen: true, active: 0, caret: typed.length }),
    onBlur: () => {
      // What was written is meant, also by whoever goes on with the mouse.
      if (partsOf(typed).terms.length > 0) write(typed, null)
      else if (isOpen) show({ isOpen: false, active: -1 })
    },
  }
}

function stillOf(text: string, { words }: QueryParts): Writing {
  return { typed: words, caret: words.length, for: text, isOpen: false, active: -1 }
}

function tokensOf({ terms }: QueryParts): readonly Token[] {
  return terms.map((term) => {
    const id = `${term.from} ${term.raw}`
    return 'sentence' in term
      ? { id, label: '', relation: '', value: term.raw, problem: term.sentence }
      : { id, label: term.label, relation: term.relation, value: term.value, problem: null }
  })
}

function problemOf({ terms }: QueryParts): string | null {
  const wrong = terms.find((term) => 'sentence' in term)
  return wrong === undefined ? null : wrong.sentence
}
