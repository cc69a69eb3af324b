// The page: makes the client and the stores of this window, once, and draws the application.
import './client/firstConnection.ts'
import './styles/tokens.css'
import './styles/base.css'
import { createRoot } from 'react-dom/client'
import { invariant } from '../shared/assert.ts'
import { App } from './App.tsx'
import { ClientProvider } from './client/ClientProvider.tsx'
import { createDoubts } from './client/createDoubts.ts'
import { createClient } from './client/createClient.ts'
import { askBeforeLeaving } from './features/shell/askBeforeLeaving.ts'
import { applyTheme } from './features/shell/applyTheme.ts'
import { applyTitle } from './features/shell/applyTitle.ts'
import { keepFocus } from './features/shell/keepFocus.ts'
import { noteUse } from './features/shell/noteUse.ts'
import { refuseDrops } from './features/shell/refuseDrops.ts'
import { createStores, openStores } from './state/createStores.ts'
import { StoresProvider } from './state/StoresProvider.tsx'

const root = document.getElementById('root')
invariant(root, 'index.html has no element "root".')
const doubts = createDoubts()
const client = doubts.watch(createClient(window))
const stores = createStores(client, window, doubts)
applyTheme(window, stores.preferences)
openStores(stores)
applyTitle(document, stores)
refuseDrops(window, stores)
keepFocus(window)
noteUse(window, stores, () => performance.now())
askBeforeLeaving(window, stores)

createRoot(root).render(
  <ClientProvider client={client}>
    <StoresProvider stores={stores}>
      <App isDesktop={window.unstuck !== undefined} />
    </StoresProvider>
  </ClientProvider>,
)
