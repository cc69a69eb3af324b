// What every store promises, as cases for any test runner: `for (const { rule, title, run } of storeConformance) …`.
import { archiveCases } from './cases/archiveCases.ts'
import { backupCases } from './cases/backupCases.ts'
import { cleanupCases } from './cases/cleanupCases.ts'
import { chainCases } from './cases/chainCases.ts'
import { documentCases } from './cases/documentCases.ts'
import { foreignCases } from './cases/foreignCases.ts'
import { jobCases } from './cases/jobCases.ts'
import { listCases } from './cases/listCases.ts'
import { lockCases } from './cases/lockCases.ts'
import { noticeCases } from './cases/noticeCases.ts'
import { runCases } from './cases/runCases.ts'
import { trashCases } from './cases/trashCases.ts'
import { upkeepCases } from './cases/upkeepCases.ts'
import type { ConformanceCase } from './conformanceCase.ts'

export const storeConformance: readonly ConformanceCase[] = [
  ...runCases,
  ...chainCases,
  ...cleanupCases,
  ...lockCases,
  ...listCases,
  ...documentCases,
  ...foreignCases,
  ...backupCases,
  ...trashCases,
  ...upkeepCases,
  ...archiveCases,
  ...noticeCases,
  ...jobCases,
]
