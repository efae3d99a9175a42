import type { TaskGroup } from '../base/words.ts';
import type { DrawingProfile } from './strangeness.ts';

/** Fitted on simulation alone by `node test/bench/fit-drawing-profiles.ts`, and needed anew whenever a measure changes. */
// prettier-ignore
export const DRAWING_PROFILES: Readonly<Record<TaskGroup, DrawingProfile>> = {
spiral: {
bias: -6.592,
features: [
[-1.89, 0.76, 0, 0], // noise95
[0.317, 0.089, 0, 0], // widthVariation
[0.493, 0.205, 0, 0], // widest
[0.034, 0.041, 0, 0], // specks
[1.588, 0.877, 0, 0], // pieces
[1.992, 0.451, 0, 0.034], // line
[0.336, 0.081, 0, 0.15], // fill
[0.024, 0.046, 0, 0.122], // soft
[2.884, 1.501, 0, 0], // branch
[0.186, 0.137, 0, 0], // crossings
[0.284, 0.081, 0, 0], // straight
[0.089, 0.086, 0, 0], // solid
[0, 0.04, 0, 0.15], // twins
[0, 0.04, 0, 0.15], // rings
[3.091, 1.155, 0, 0.15], // ends
[0.181, 0.207, 0, 0], // ruled
[0.117, 0.113, 0, 0], // squared
[0.056, 0.091, 0, 0], // holes
[0.163, 0.126, 0, 0.021], // toneSpread
[0.005, 0.04, 0, 0], // cutOff
[0.493, 0.061, 0, 0.15], // unevenCover
[0.73, 0.261, 0.012, 0], // largest
[0.278, 0.268, 0, 0.15], // sizeSpread
[1.582, 0.869, 0, 0], // ends
[3.108, 1.498, 0, 0], // junctions
[0.546, 1.25, 0, 0], // holes
[0.858, 0.248, 0.038, 0], // geo
[0.99, 0.053, 0.126, 0], // joinedShare
[0.047, 0.213, 0, 0], // joins
[1.242, 0.579, 0, 0], // endsFar
[0.852, 0.276, 0, 0], // geoFar
[1, 0.04, 0.15, 0], // joinedShareFar
[0.884, 0.072, 0.15, 0], // outwards
[0.846, 0.149, 0.15, 0], // outwardsFar
[1.934, 0.648, 0.15, 0.003], // crossingSpread
[0.902, 0.133, 0.106, 0], // aroundFine
[0.933, 0.115, 0.003, 0], // aroundCoarse
[1, 0.04, 0.15, 0], // coveredCoarse
[0.169, 0.07, 0, 0.15], // offCentreCoarse
],
},
wave: {
bias: -3.979,
features: [
[-2.146, 0.52, 0, 0.08], // noise95
[0.283, 0.099, 0, 0.13], // widthVariation
[0.418, 0.213, 0, 0.15], // widest
[0.021, 0.04, 0, 0], // specks
[1.224, 0.744, 0, 0], // pieces
[0.916, 0.582, 0, 0.15], // line
[0.322, 0.104, 0, 0.144], // fill
[0.03, 0.062, 0, 0], // soft
[2.948, 1.187, 0, 0], // branch
[0.157, 0.103, 0, 0], // crossings
[0.151, 0.213, 0, 0], // straight
[0.093, 0.091, 0, 0], // solid
[0, 0.04, 0, 0.15], // twins
[0, 0.04, 0, 0.145], // rings
[2.612, 0.989, 0, 0.15], // ends
[0.216, 0.278, 0, 0], // ruled
[0.175, 0.24, 0, 0], // squared
[0.054, 0.071, 0, 0], // holes
[0.108, 0.131, 0, 0], // toneSpread
[0.085, 0.163, 0, 0], // cutOff
[0.526, 0.115, 0, 0], // unevenCover
[0.853, 0.216, 0, 0], // largest
[0.229, 0.304, 0, 0], // sizeSpread
[1.367, 0.59, 0, 0], // ends
[2.471, 1.737, 0, 0], // junctions
[0.835, 1.267, 0, 0.131], // holes
[0.763, 0.279, 0.15, 0], // geo
[0.987, 0.052, 0.077, 0], // joinedShare
[0.102, 0.279, 0, 0.022], // joins
[1.248, 0.352, 0, 0.15], // endsFar
[0.794, 0.255, 0.15, 0], // geoFar
[0.983, 0.071, 0.065, 0], // joinedShareFar
[0.088, 0.155, 0, 0], // outwards
[0.113, 0.175, 0, 0], // outwardsFar
[0.307, 0.333, 0, 0], // crossingSpread
[0.772, 0.18, 0, 0], // aroundFine
[0.81, 0.139, 0, 0], // aroundCoarse
[0.623, 0.347, 0, 0], // coveredCoarse
[0.495, 0.362, 0, 0], // offCentreCoarse
],
},
writing: {
bias: -3.706,
features: [
[-1.66, 0.615, 0, 0.101], // noise95
[0.391, 0.104, 0, 0.016], // widthVariation
[0.621, 0.22, 0, 0.15], // widest
[0.079, 0.06, 0, 0.04], // specks
[3.187, 0.77, 0, 0], // pieces
[1.494, 0.53, 0, 0], // line
[0.349, 0.082, 0, 0.022], // fill
[0.032, 0.062, 0, 0.085], // soft
[1.727, 0.587, 0.053, 0.15], // branch
[0.257, 0.094, 0, 0], // crossings
[0.168, 0.149, 0, 0.15], // straight
[0.173, 0.106, 0, 0.142], // solid
[0.032, 0.098, 0, 0.15], // twins
[0.085, 0.115, 0, 0.091], // rings
[4.268, 0.631, 0, 0], // ends
[0.091, 0.112, 0, 0.145], // ruled
[0.084, 0.107, 0, 0], // squared
[0.139, 0.047, 0.058, 0.15], // holes
[0.277, 0.091, 0, 0], // toneSpread
[0.041, 0.124, 0, 0.135], // cutOff
[0.637, 0.102, 0, 0], // unevenCover
[0.197, 0.197, 0, 0.15], // largest
[0.457, 0.263, 0, 0], // sizeSpread
[3.415, 0.601, 0, 0], // ends
[4.121, 0.736, 0, 0], // junctions
[1.684, 0.927, 0, 0], // holes
[0.233, 0.13, 0, 0], // geo
[0.415, 0.263, 0, 0], // joinedShare
[1.841, 0.885, 0, 0], // joins
[2.727, 0.619, 0, 0], // endsFar
[0.341, 0.228, 0, 0], // geoFar
[0.45, 0.261, 0, 0], // joinedShareFar
[0.61, 0.338, 0, 0], // outwards
[0.628, 0.316, 0, 0], // outwardsFar
[1.133, 0.651, 0, 0], // crossingSpread
[0.567, 0.12, 0, 0], // aroundFine
[0.561, 0.14, 0, 0], // aroundCoarse
[0.815, 0.224, 0, 0], // coveredCoarse
[0.347, 0.226, 0, 0], // offCentreCoarse
],
},
};
