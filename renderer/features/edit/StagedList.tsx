import type { EditPlan } from '../../../shared/core/edit/editPlan.ts'
import { placeOfEdit, type StagedRun } from '../../state/editStore.ts'
import { useMask } from '../../state/useMask.ts'
import { Icon } from '../../ui/Icon.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import styles from './EditPage.module.css'

export type StagedListProps = {
  readonly staged: StagedRun
  readonly plan: EditPlan
  readonly onTakeBack: (id: string) => void
}

/** Each edit with what it does, what forbids it, and the way to take it back. */
export function StagedList({ staged, plan, onTakeBack }: StagedListProps) {
  const mask = useMask()
  const shown = (place: string, value: string | null) =>
    value === null ? 'nothing' : mask.value(place, value)
  return (
    <>
      <h2 className={styles.heading}>Staged, in order</h2>
      <ol className={styles.list}>
        {staged.edits.map(({ id, edit }, index) => {
          const row = plan.rows[index]
          return (
            <li key={id} className={styles.item}>
              <div className={styles.line}>
                <strong className={styles.what}>{row?.sentence ?? placeOfEdit(edit)}</strong>
                <IconButton
                  icon="undo"
                  size="s"
                  label={`Take back: ${row?.sentence ?? placeOfEdit(edit)}`}
                  onClick={() => onTakeBack(id)}
                />
              </div>
              {row && (
                <p className={styles.values}>
                  <code>{shown(placeOfEdit(edit), row.before)}</code> →{' '}
                  <code>{shown(placeOfEdit(edit), row.after)}</code>
                </p>
              )}
              {row?.also.map((sentence) => (
                <p key={sentence} className={styles.quiet}>
                  {sentence}
                </p>
              ))}
              {row?.problem && <Said tone="bad">{row.problem.sentence}</Said>}
              {row?.conflict && <Said tone="warn">{row.conflict}</Said>}
            </li>
          )
        })}
      </ol>
      {plan.problems.length > 0 && (
        <>
          <h2 className={styles.heading}>What forbids it</h2>
          <ul className={styles.list}>
            {plan.problems.map(({ path, sentence }) => (
              <li key={`${path} ${sentence}`}>
                <Said tone="bad">{sentence}</Said>
                {path !== null && <code className={styles.quiet}>{path}</code>}
              </li>
            ))}
          </ul>
        </>
      )}
      {plan.warnings.length > 0 && (
        <>
          <h2 className={styles.heading}>Mind</h2>
          <ul className={styles.list}>
            {plan.warnings.map(({ path, sentence }) => (
              <li key={`${path} ${sentence}`}>
                <Said tone="warn">{sentence}</Said>
              </li>
            ))}
          </ul>
        </>
      )}
      {plan.steps.length > 0 && (
        <>
          <h2 className={styles.heading}>Steps</h2>
          <ul className={styles.list}>
            {plan.steps.map(({ step, before, after }) => (
              <li key={step} className={styles.step}>
                <span className={styles.name}>{step}</span>
                <StatusWord status={before} size="s" />
                <span aria-label="becomes">→</span>
                <StatusWord status={after} size="s" />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

type SaidProps = { readonly tone: 'bad' | 'warn'; readonly children: string }

function Said({ tone, children }: SaidProps) {
  return (
    <p className={styles.said} data-tone={tone}>
      <Icon name="alert" size={12} />
      <span>{children}</span>
    </p>
  )
}
