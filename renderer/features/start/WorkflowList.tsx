import { useState, type KeyboardEvent } from 'react'
import { encodeRoute } from '../../state/route.ts'
import type { WorkflowRow } from '../../state/startStore.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { fileName } from './fileName.ts'
import { isFocusFree } from '../../ui/isFocusFree.ts'
import styles from './WorkflowList.module.css'

export type WorkflowListProps = {
  readonly workflows: readonly WorkflowRow[]
  readonly chosen: string | null
}

/** The definitions of the workspace: arrows move between them, Enter chooses. */
export function WorkflowList({ workflows, chosen }: WorkflowListProps) {
  const [text, setText] = useState('')
  const shown = workflows.filter((row) => isMatch(row, text))
  return (
    // Arrows move among the links, each of which Tab reaches too.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <nav className={styles.list} aria-label="Workflows" onKeyDown={moveFocus}>
      <div className={styles.search}>
        <SearchField
          label="Find a workflow"
          shortcut="/"
          value={text}
          onChange={setText}
          onEnter={() => document.querySelector<HTMLElement>(`.${styles.link}`)?.click()}
        />
      </div>
      <ul className={styles.rows}>
        {shown.map((row, index) => (
          <li key={row.path}>
            <a
              ref={index === 0 && chosen === null ? takeFreeFocus : undefined}
              className={styles.link}
              href={encodeRoute({ kind: 'start', definition: row.path })}
              aria-current={row.path === chosen ? 'page' : undefined}
              title={row.description ?? undefined}
            >
              <span className={styles.line}>
                <span className={styles.name}>{row.name ?? fileName(row.path)}</span>
                {row.version !== null && <span className={styles.version}>{row.version}</span>}
                {row.problems > 0 && (
                  <Badge tone="bad">
                    {row.problems === 1 ? '1 problem' : `${row.problems} problems`}
                  </Badge>
                )}
              </span>
              <span className={styles.path}>
                <Icon name="file" size={12} />
                <span>{row.path}</span>
              </span>
            </a>
          </li>
        ))}
      </ul>
      {shown.length === 0 && (
        <p className={styles.none}>
          {workflows.length === 0 ? 'No workflows lie in this folder.' : `Nothing fits “${text}”.`}
        </p>
      )}
    </nav>
  )
}

function isMatch({ name, path, description }: WorkflowRow, text: string): boolean {
  const whole = `${name ?? ''} ${path} ${description ?? ''}`.toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => whole.includes(word))
}

function moveFocus(event: KeyboardEvent<HTMLElement>) {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0) return
  const links = [...event.currentTarget.querySelectorAll('a')]
  const index = links.findIndex((link) => link === document.activeElement)
  const next = index === -1 ? links[step === 1 ? 0 : links.length - 1] : links[index + step]
  next?.focus()
  event.preventDefault()
}

function takeFreeFocus(link: HTMLAnchorElement | null) {
  if (isFocusFree(document)) link?.focus({ preventScroll: true })
}
