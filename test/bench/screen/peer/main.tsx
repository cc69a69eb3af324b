// The peer: the same application around a table that has all rows as JSON, filtered and sorted by TanStack Table's own row
// models and drawn by TanStack Virtual. What is around the table, its counts too, comes from the host as in ours.
import '../../../../renderer/client/firstConnection.ts'
import { rows } from './rows.ts'
import '../../../../renderer/styles/tokens.css'
import '../../../../renderer/styles/base.css'
import { createRoot } from 'react-dom/client'
import { ClientProvider } from '../../../../renderer/client/ClientProvider.tsx'
import { createClient } from '../../../../renderer/client/createClient.ts'
import { applyTheme } from '../../../../renderer/features/shell/applyTheme.ts'
import { Shell } from '../../../../renderer/features/shell/Shell.tsx'
import { createStores, openStores } from '../../../../renderer/state/createStores.ts'
import { StoresProvider } from '../../../../renderer/state/StoresProvider.tsx'
import { PeerPage } from './PeerPage.tsx'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no element "root".')
const client = createClient(window)
const stores = createStores(client, window)
applyTheme(window, stores.preferences)
openStores(stores)

createRoot(root).render(
  <ClientProvider client={client}>
    <StoresProvider stores={stores}>
      <Shell>
        <PeerPage rows={rows} />
      </Shell>
    </StoresProvider>
  </ClientProvider>,
)
