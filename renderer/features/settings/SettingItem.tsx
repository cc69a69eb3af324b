import type { SettingState } from '../../../shared/contract/settings.ts'
import { defaultOf, type SettingRow } from '../../../shared/core/settings/settingRows.ts'
import { Badge } from '../../ui/Badge.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Provenance } from './Provenance.tsx'
import { SettingEditor } from './SettingEditor.tsx'
import styles from './SettingItem.module.css'

export type SettingItemProps = {
  readonly row: SettingRow
  readonly current: SettingState
  /** Undefined: nothing is staged; null: it is taken out. */
  readonly staged: string | null | undefined
  readonly problem: string | null
  readonly isLocked: boolean
  readonly onStage: (json: string | null) => void
  readonly onTakeBack: () => void
}

/** One setting: what it does, what the file shall say of it, and what holds now. */
export function SettingItem(props: SettingItemProps) {
  const { row, current, staged, problem, isLocked, onStage, onTakeBack } = props
  const usual = JSON.stringify(defaultOf(row))
  const stored = current.said?.json.text ?? usual
  const shown = staged === undefined ? stored : (staged ?? usual)
  const isCut = current.said?.json.isCut === true
  const stage = (json: string) =>
    json === stored && current.said !== null ? onTakeBack() : onStage(json)
  return (
    <li className={styles.item} data-staged={staged !== undefined || undefined}>
      <div className={styles.what}>
        <h4 className={styles.key}>
          <code>{row.key}</code>
        </h4>
        <p className={styles.sentence}>{row.sentence}</p>
      </div>
      <div className={styles.editor}>
        <SettingEditor row={row} json={shown} isDisabled={isLocked || isCut} onChange={stage} />
        {problem !== null && (
          <p className={styles.problem} role="alert">
            {problem}
          </p>
        )}
      </div>
      <div className={styles.source}>
        {staged === undefined ? (
          <Provenance row={row} current={current} />
        ) : (
          <Badge tone="busy">{staged === null ? 'staged: the default' : 'staged'}</Badge>
        )}
      </div>
      <div className={styles.actions}>
        {staged !== undefined && (
          <IconButton size="s" icon="undo" label={`Take back ${row.key}`} onClick={onTakeBack} />
        )}
        {staged === undefined && current.said !== null && (
          <IconButton
            size="s"
            icon="close"
            label={`Back to the default of ${row.key}`}
            disabled={isLocked}
            onClick={() => onStage(null)}
          />
        )}
      </div>
    </li>
  )
}
