import type { Lineage } from '../../../shared/schema/run.ts'
import { encodeRoute, runRoute } from '../../state/route.ts'

export type LineageLinkProps = { readonly lineage: Lineage }

const words = {
  fork: 'forked from',
  child: 'begun by a step of',
  migrated: 'migrated from',
} as const satisfies Record<Lineage['relation'], string>

/** Where the run comes from. */
export function LineageLink({ lineage: { parent, checkpoint, relation, was } }: LineageLinkProps) {
  const at = checkpoint === null ? {} : ({ tab: 'checkpoints', checkpoint } as const)
  return (
    <>
      {words[relation]} <a href={encodeRoute({ ...runRoute(parent), ...at })}>{parent}</a>
      {checkpoint !== null && `, checkpoint ${checkpoint}`}
      {was !== undefined && `, imported as a copy of ${was}`}
    </>
  )
}
