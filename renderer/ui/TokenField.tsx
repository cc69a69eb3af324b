import { useId, type KeyboardEvent, type RefObject } from 'react'
import { Icon } from './Icon.tsx'
import { IconButton } from './IconButton.tsx'
import { TokenOptions, type TokenOption } from './TokenOptions.tsx'
import { UnseenMark } from './UnseenMark.tsx'
import styles from './TokenField.module.css'

/** Something that was written and stands as one piece. */
export type Token = {
  readonly id: string
  readonly label: string
  readonly relation: string
  readonly value: string
  /** What is wrong with it; null: nothing. */
  readonly problem: string | null
}

export type TokenFieldProps = {
  readonly field: RefObject<HTMLInputElement | null>
  readonly label: string
  readonly placeholder: string
  /** The key that focuses it, as it is shown. */
  readonly shortcut: string
  readonly tokens: readonly Token[]
  readonly text: string
  /** What may stand where the caret is; empty: the list is closed. */
  readonly options: readonly TokenOption[]
  /** Which of them Enter takes; -1: none. */
  readonly active: number
  /** What is wrong with what is written; null: nothing. */
  readonly problem: string | null
  readonly onText: (text: string, caret: number) => void
  readonly onActive: (active: number) => void
  readonly onChoose: (index: number) => void
  readonly onEdit: (index: number) => void
  readonly onRemove: (index: number) => void
  readonly onEnter: () => void
  readonly onEscape: () => void
  readonly onOpen: () => void
  readonly onClear: () => void
  readonly onBlur: () => void
}

/** A field in which what was written becomes pieces that are changed and removed, and the rest is completed. */
export function TokenField(props: TokenFieldProps) {
  const { field, label, tokens, text, options, active, problem } = props
  const id = useId()
  const hasOptions = options.length > 0

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const isAtStart =
      event.currentTarget.selectionStart === 0 && event.currentTarget.selectionEnd === 0
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && hasOptions) {
      props.onActive((active + step + options.length) % options.length)
    } else if (step === 1) props.onOpen()
    else if ((event.key === 'Enter' || event.key === 'Tab') && hasOptions && active >= 0)
      props.onChoose(active)
    else if (event.key === 'Enter') props.onEnter()
    else if (event.key === 'Escape') props.onEscape()
    else if (event.key === 'Backspace' && isAtStart && tokens.length > 0)
      props.onEdit(tokens.length - 1)
    else return
    event.preventDefault()
  }
  return (
    // A press beside the text is one on the field, as in any field.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <div
      className={styles.field}
      data-invalid={problem !== null}
      onClick={(event) => {
        if (event.target === event.currentTarget) field.current?.focus()
      }}
    >
      <Icon name="search" size={14} />
      {tokens.map((token, index) => (
        <TokenChip
          key={token.id}
          token={token}
          onEdit={() => props.onEdit(index)}
          onRemove={() => props.onRemove(index)}
        />
      ))}
      <input
        ref={field}
        className={styles.input}
        type="text"
        role="combobox"
        aria-label={label}
        aria-expanded={hasOptions}
        aria-controls={`${id}-options`}
        aria-autocomplete="list"
        aria-activedescendant={hasOptions && active >= 0 ? `${id}-${active}` : undefined}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : `${id}-problem`}
        autoComplete="off"
        spellCheck={false}
        placeholder={tokens.length === 0 ? props.placeholder : ''}
        value={text}
        onChange={(event) => {
          props.onText(event.target.value, event.target.selectionStart ?? event.target.value.length)
        }}
        onKeyDown={onKeyDown}
        onBlur={props.onBlur}
      />
      <UnseenMark text={text} />
      {text === '' && tokens.length === 0 ? (
        <kbd aria-hidden="true">{props.shortcut}</kbd>
      ) : (
        <IconButton icon="close" size="s" label="Clear all filters" onClick={props.onClear} />
      )}
      {hasOptions && (
        <TokenOptions id={id} options={options} active={active} onChoose={props.onChoose} />
      )}
      {problem !== null && (
        <p id={`${id}-problem`} className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}

type TokenChipProps = {
  readonly token: Token
  readonly onEdit: () => void
  readonly onRemove: () => void
}

function TokenChip({ token, onEdit, onRemove }: TokenChipProps) {
  const { label, relation, value, problem } = token
  const name = `${label} ${relation} ${value}`
  return (
    <span className={styles.token} data-invalid={problem !== null} title={problem ?? name}>
      <button type="button" className={styles.edit} aria-label={`Change: ${name}`} onClick={onEdit}>
        {problem !== null && <Icon name="alert" size={12} />}
        {label !== '' && <span className={styles.label}>{label}</span>}
        {relation !== '' && <span className={styles.relation}>{relation}</span>}
        <span className={styles.value}>{value}</span>
      </button>
      <button
        type="button"
        className={styles.remove}
        aria-label={`Remove: ${name}`}
        onClick={onRemove}
      >
        <Icon name="close" size={12} />
      </button>
    </span>
  )
}
