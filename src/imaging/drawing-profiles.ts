import type { TaskGroup } from '../base/words.ts';
import type { DrawingProfile } from './strangeness.ts';

/** Fitted on simulation alone by `node test/bench/fit-drawing-profiles.ts`, and needed anew whenever a measure changes. */
// prettier-ignore
export const DRAWING_PROFILES: Readonly<Record<TaskGroup, DrawingProfile>> = {
spiral: {
bias: -6.684,
features: [
[-2.021, 0.7, 0, 0], // noise95
[0.289, 0.101, 0, 0], // widthVariation
[0.436, 0.217, 0, 0], // widest
[0.026, 0.043, 0, 0], // specks
[1.343, 0.875, 0, 0], // pieces
[1.967, 0.447, 0, 0], // line
[0.326, 0.075, 0, 0.132], // fill
[0.016, 0.04, 0, 0.15], // soft
[3.198, 1.552, 0, 0], // branch
[0.161, 0.121, 0, 0], // crossings
[0.276, 0.091, 0, 0], // straight
[0.086, 0.089, 0, 0.045], // solid
[0, 0.04, 0, 0.15], // twins
[0, 0.04, 0, 0.15], // rings
[2.786, 1.111, 0, 0.15], // ends
[0.191, 0.216, 0, 0], // ruled
[0.112, 0.113, 0, 0], // squared
[0.048, 0.084, 0, 0], // holes
[0.117, 0.134, 0, 0], // toneSpread
[0.008, 0.047, 0, 0], // cutOff
[0.485, 0.057, 0, 0.15], // unevenCover
[0.801, 0.26, 0.001, 0], // largest
[0.203, 0.261, 0, 0.08], // sizeSpread
[1.527, 0.849, 0, 0.003], // ends
[2.797, 1.65, 0, 0], // junctions
[0.557, 1.305, 0, 0], // holes
[0.855, 0.257, 0.15, 0], // geo
[0.983, 0.08, 0.055, 0], // joinedShare
[0.087, 0.308, 0, 0.012], // joins
[1.345, 0.665, 0, 0], // endsFar
[0.846, 0.276, 0, 0], // geoFar
[0.988, 0.07, 0.038, 0], // joinedShareFar
[0.881, 0.103, 0.15, 0], // outwards
[0.849, 0.146, 0.15, 0], // outwardsFar
[1.937, 0.661, 0.15, 0.02], // crossingSpread
[0.889, 0.15, 0, 0], // aroundFine
[0.922, 0.126, 0.113, 0], // aroundCoarse
[1, 0.04, 0.15, 0], // coveredCoarse
[0.151, 0.061, 0, 0.15], // offCentreCoarse
],
},
wave: {
bias: -3.742,
features: [
[-2.091, 0.595, 0, 0.053], // noise95
[0.283, 0.116, 0, 0.086], // widthVariation
[0.414, 0.261, 0, 0], // widest
[0.023, 0.05, 0, 0], // specks
[1.199, 0.854, 0, 0], // pieces
[0.902, 0.554, 0, 0.15], // line
[0.348, 0.13, 0, 0.15], // fill
[0.03, 0.069, 0, 0.022], // soft
[2.999, 1.285, 0, 0], // branch
[0.16, 0.111, 0, 0], // crossings
[0.159, 0.196, 0, 0], // straight
[0.086, 0.092, 0, 0.035], // solid
[0.003, 0.04, 0, 0.095], // twins
[0, 0.04, 0, 0.15], // rings
[2.623, 1.108, 0, 0.033], // ends
[0.207, 0.27, 0, 0], // ruled
[0.171, 0.237, 0, 0], // squared
[0.054, 0.074, 0, 0], // holes
[0.091, 0.134, 0, 0], // toneSpread
[0.049, 0.142, 0, 0], // cutOff
[0.528, 0.117, 0, 0], // unevenCover
[0.876, 0.215, 0, 0], // largest
[0.201, 0.324, 0, 0], // sizeSpread
[1.345, 0.611, 0, 0], // ends
[2.433, 1.651, 0, 0], // junctions
[0.754, 1.17, 0, 0.118], // holes
[0.773, 0.276, 0.15, 0], // geo
[0.987, 0.062, 0.076, 0], // joinedShare
[0.094, 0.328, 0, 0], // joins
[1.223, 0.393, 0, 0.15], // endsFar
[0.806, 0.249, 0.15, 0], // geoFar
[0.989, 0.059, 0.081, 0], // joinedShareFar
[0.081, 0.131, 0, 0], // outwards
[0.091, 0.131, 0, 0], // outwardsFar
[0.329, 0.36, 0, 0], // crossingSpread
[0.745, 0.174, 0, 0], // aroundFine
[0.774, 0.159, 0, 0], // aroundCoarse
[0.642, 0.317, 0, 0], // coveredCoarse
[0.447, 0.359, 0, 0], // offCentreCoarse
],
},
writing: {
bias: -3.555,
features: [
[-1.661, 0.69, 0, 0.023], // noise95
[0.391, 0.103, 0, 0.15], // widthVariation
[0.618, 0.2, 0, 0.114], // widest
[0.081, 0.067, 0, 0.037], // specks
[3.196, 0.849, 0, 0], // pieces
[1.514, 0.514, 0, 0], // line
[0.343, 0.088, 0, 0], // fill
[0.04, 0.071, 0, 0.054], // soft
[1.772, 0.585, 0.093, 0.15], // branch
[0.252, 0.095, 0.15, 0], // crossings
[0.16, 0.138, 0, 0.15], // straight
[0.173, 0.098, 0, 0.15], // solid
[0.024, 0.083, 0, 0.15], // twins
[0.071, 0.113, 0, 0.021], // rings
[4.259, 0.764, 0, 0], // ends
[0.088, 0.109, 0, 0.15], // ruled
[0.079, 0.103, 0, 0], // squared
[0.136, 0.056, 0.032, 0.15], // holes
[0.289, 0.094, 0, 0], // toneSpread
[0.085, 0.172, 0, 0.126], // cutOff
[0.618, 0.099, 0, 0.072], // unevenCover
[0.204, 0.213, 0, 0.15], // largest
[0.459, 0.248, 0, 0], // sizeSpread
[3.377, 0.645, 0, 0], // ends
[4.124, 0.722, 0, 0], // junctions
[1.768, 0.923, 0, 0], // holes
[0.224, 0.13, 0, 0], // geo
[0.385, 0.252, 0, 0], // joinedShare
[1.789, 0.914, 0, 0], // joins
[2.692, 0.615, 0, 0], // endsFar
[0.308, 0.187, 0, 0], // geoFar
[0.429, 0.254, 0, 0], // joinedShareFar
[0.657, 0.321, 0, 0], // outwards
[0.635, 0.334, 0, 0], // outwardsFar
[1.218, 0.615, 0, 0], // crossingSpread
[0.565, 0.108, 0, 0], // aroundFine
[0.563, 0.123, 0, 0], // aroundCoarse
[0.821, 0.2, 0, 0], // coveredCoarse
[0.341, 0.218, 0, 0], // offCentreCoarse
],
},
};
