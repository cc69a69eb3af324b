import type { Ref } from '../../../shared/contract/call.ts'
import { encodeRoute, routeOfRef } from '../../state/route.ts'
import { PageHeader } from '../../ui/PageHeader.tsx'

export type DocumentHeaderProps = {
  /** What is planned, such as `Repair`. */
  readonly verb: string
  readonly reference: Ref
  /** Left out while it is not known. */
  readonly engine?: string | undefined
}

/** What is planned for which document, and the way back to it. */
export function DocumentHeader({ verb, reference, engine }: DocumentHeaderProps) {
  const { document, item } = reference
  return (
    <PageHeader
      title={
        <>
          {verb} <code>{item === null ? document : `${document}#${item}`}</code>
        </>
      }
      note={engine}
      actions={<a href={encodeRoute(routeOfRef(reference))}>Open the run</a>}
    />
  )
}
