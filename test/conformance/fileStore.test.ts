import { openFileStore, temporaryFolder } from '../unit/electron/store/storeFixtures.ts'
import { describeStore } from './storeConformance.ts'

describeStore('file store', async () => openFileStore(await temporaryFolder()))
