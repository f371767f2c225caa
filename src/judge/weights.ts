import type {Weights} from './suspect.ts'
import learnedWeights from './weights.json' with {type: 'json'}

/** What `npm run train:judge` learned. */
export const learned: Weights = learnedWeights
