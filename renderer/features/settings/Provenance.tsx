import type { SettingState } from '../../../shared/contract/settings.ts'
import { assertNever } from '../../../shared/assert.ts'
import { defaultOf, type SettingRow } from '../../../shared/core/settings/settingRows.ts'
import { useMask } from '../../state/useMask.ts'
import { Badge } from '../../ui/Badge.tsx'
import styles from './SettingItem.module.css'

export type ProvenanceProps = { readonly row: SettingRow; readonly current: SettingState }

/** Who says what holds; what is overridden is struck through. */
export function Provenance({ row, current }: ProvenanceProps) {
  const mask = useMask()
  const { source, said, variable, value } = current
  const show = (json: string) => shortened(mask.text(json))
  const usual = JSON.stringify(defaultOf(row))
  switch (source) {
    case 'default':
      return (
        <>
          <Badge>default</Badge>
          {said !== null && (
            <span className={styles.usual}>
              in force <code>{show(value.text)}</code>
            </span>
          )}
        </>
      )
    case 'file':
      return (
        <>
          <Badge tone="good">
            {said?.oldKey ?? 'unstuck.json'}, line {said?.line}
          </Badge>
          {isShort(usual) && usual !== value.text && (
            <span className={styles.usual}>default {show(usual)}</span>
          )}
        </>
      )
    case 'kept':
      return (
        <>
          <Badge tone="warn">last good settings</Badge>
          <span className={styles.usual}>
            in force <code>{show(value.text)}</code>
          </span>
        </>
      )
    case 'environment':
      return (
        <>
          <Badge tone="wait">{variable?.name}</Badge>
          <span className={styles.usual}>
            in force <code>{show(value.text)}</code>
            {said !== null && said.json.text !== value.text && (
              <>
                {' '}
                over <s>{show(said.json.text)}</s> of line {said.line}
              </>
            )}
          </span>
        </>
      )
    default:
      return assertNever(source)
  }
}

function isShort(json: string): boolean {
  return json.length <= 20 && !['null', '[]', '{}'].includes(json)
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
