import { allFormats } from './formats/formatCases.ts'
import { testFormat } from './formats/formatConformance.ts'

for (const format of allFormats) testFormat(format)
