/** Computes once with WebGPU, then ends as it is told. */
import { Rng } from '../../../../src/base/rng.ts';
import { openEngine } from '../../../../src/model/open-engine.ts';
import { initialParameters } from '../../../../src/model/parameters.ts';
import { loadWebgpu } from '../../../../src/tensor/webgpu/load-webgpu.ts';
import { offerSoftwareVulkan } from '../../tensor/webgpu/software-vulkan.ts';
import { TINY } from '../tiny.ts';

offerSoftwareVulkan();
const network = await (await openEngine('webgpu')).open(TINY);
const flat = initialParameters(TINY, new Rng(1));
const { loss } = await network.lossAndGradient(flat, new Float32Array(256), Uint8Array.of(1));
console.log(Number.isFinite(loss) ? 'computed' : `loss ${loss}`);
const [, , how] = process.argv;
if (how === 'calls exit') process.exit(0);
if (how === 'loses the device and ends') (await loadWebgpu()).device.destroy();
