import { useState, type KeyboardEvent, type SyntheticEvent } from 'react'
import type { StateNode } from '../../../shared/contract/runReading.ts'
import { readJson, type NumberRule } from '../../../shared/core/edit/readJson.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { sayUnseen } from '../../ui/sayUnseen.ts'
import { Select } from '../../ui/Select.tsx'
import styles from './InlineValue.module.css'

export type InlineValueProps = {
  readonly node: StateNode
  readonly numbers: NumberRule
  readonly onStage: (json: string) => void
  readonly onClose: () => void
}

const kinds = [
  { value: 'string', label: 'text' },
  { value: 'number', label: 'number' },
  { value: 'boolean', label: 'true/false' },
  { value: 'null', label: 'null' },
] as const
type Kind = (typeof kinds)[number]['value']

/** A short value in its place: Enter or the tick stages it, Escape or the cross leaves it. */
export function InlineValue({ node, numbers, onStage, onClose }: InlineValueProps) {
  const [kind, setKind] = useState<Kind>(() => kindOf(node))
  const [text, setText] = useState(() => textOf(node))
  const json = jsonOf(kind, text)
  const read = readJson(json, numbers)
  const flaw = read.kind === 'ok' && isKind(kind, read.value) ? null : flawOf(read, kind)
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === 'Escape') onClose()
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    event.preventDefault()
    if (flaw === null) onStage(json)
  }
  return (
    // Only stops what is done in its fields from reaching the tree.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <span className={styles.editor} onKeyDown={onKeyDown} onClick={stop} onDoubleClick={stop}>
      <input
        className={styles.value}
        aria-label={`New value of ${node.pointer}`}
        aria-invalid={flaw !== null || undefined}
        disabled={kind === 'null'}
        ref={focusSoon}
        value={kind === 'null' ? 'null' : text}
        onChange={(event) => setText(event.target.value)}
      />
      <Select compact label="Type" value={kind} options={kinds} onChange={setKind} />
      <IconButton
        icon="check"
        size="s"
        label="Stage"
        disabled={flaw !== null}
        onClick={() => onStage(json)}
      />
      <IconButton icon="close" size="s" label="Leave it" onClick={onClose} />
      <span className={styles.flaw} role="status">
        {flaw ?? sayUnseen(text) ?? 'Enter stages, Esc leaves it.'}
      </span>
    </span>
  )
}

function kindOf({ type }: StateNode): Kind {
  return kinds.find(({ value }) => value === type)?.value ?? 'string'
}

function textOf({ type, preview }: StateNode): string {
  return type === 'string' ? String(JSON.parse(preview)) : preview
}

function jsonOf(kind: Kind, text: string): string {
  if (kind === 'string') return JSON.stringify(text)
  return kind === 'null' ? 'null' : text.trim()
}

function isKind(kind: Kind, value: unknown): boolean {
  return kind === 'null' ? value === null : typeof value === kind
}

function flawOf(read: ReturnType<typeof readJson>, kind: Kind): string {
  if (read.kind === 'refused' && read.sentence.startsWith('The number')) return read.sentence
  return kind === 'boolean' ? 'Write true or false.' : 'This is no number.'
}

function stop(event: SyntheticEvent) {
  event.stopPropagation()
}

function focusSoon(field: HTMLInputElement | null) {
  if (field !== null && document.activeElement !== field) {
    field.focus()
    field.select()
  }
}
