"""The reference net in PyTorch, as a peer for `steadypen bench`.

The bench starts this once per number of threads, on its own batch, and asks for one measure at a time, so that both
sides share each round. It says what it is in one line, then answers each line `BENCH SECONDS` on stdin with images per
second on stdout. Made as fast as we know how: channels_last, the malloc of glibc told to keep its memory (the bench
sets GLIBC_TUNABLES), plain SGD where ours runs Adam.

Exits with 3 where torch is missing. By hand:

    echo 'train 2' | python3 test/bench/torch-peer.py --threads 1
"""

import argparse
import signal
import sys
import time

try:
    import torch
except ImportError:
    sys.exit(3)

SIDE = 128
CHANNELS = (8, 16, 32)
BATCH = 32
LEARNING_RATE = 0.01
# The paper's form of RVSM; its size does not change the time.
LAMBDA, BETA = 1e-7, 1e-2
WARM_UP_STEPS = 3


def make_net():
    """[conv 3x3 same, ReLU, max pool 2] x 3, flatten, FC to 2 classes."""
    layers = []
    before = 1
    for channels in CHANNELS:
        layers += [
            torch.nn.Conv2d(before, channels, kernel_size=3, padding=1),
            torch.nn.ReLU(),
            torch.nn.MaxPool2d(kernel_size=2),
        ]
        before = channels
    inputs = before * (SIDE // 2 ** len(CHANNELS)) ** 2
    net = torch.nn.Sequential(*layers, torch.nn.Flatten(), torch.nn.Linear(inputs, 2))
    return net.to(memory_format=torch.channels_last)


def read_batch(path):
    """Float32 ink [32, 128, 128], then 32 bytes of labels; without a file, noise (by hand only)."""
    if path is None:
        images = torch.rand(BATCH, 1, SIDE, SIDE)
        labels = torch.arange(BATCH) % 2
    else:
        with open(path, "rb") as file:
            pixels = bytearray(file.read(4 * BATCH * SIDE * SIDE))
            classes = bytearray(file.read(BATCH))
        images = torch.frombuffer(pixels, dtype=torch.float32).reshape(BATCH, 1, SIDE, SIDE).clone()
        labels = torch.frombuffer(classes, dtype=torch.uint8).long()
    return images.contiguous(memory_format=torch.channels_last), labels


def make_training(images, labels, rvsm):
    """One step of SGD, with RVSM's coupling of the FC weights to their l0 prox if wanted."""
    net = make_net().train()
    optimiser = torch.optim.SGD(net.parameters(), lr=LEARNING_RATE)
    weights = net[-1].weight
    threshold = (2 * LAMBDA / BETA) ** 0.5

    def step():
        optimiser.zero_grad()
        torch.nn.functional.cross_entropy(net(images), labels).backward()
        if rvsm:
            with torch.no_grad():
                sparse = weights * (weights.abs() > threshold)
                weights.grad.add_(weights - sparse, alpha=BETA)
        optimiser.step()

    return step


def make_inference(images):
    net = make_net().eval()

    def step():
        with torch.no_grad():
            net(images)

    return step


def measure(step, images_per_step, seconds):
    """Images per second over at least one step and at least the time given."""
    steps = 0
    start = time.perf_counter()
    while True:
        step()
        steps += 1
        elapsed = time.perf_counter() - start
        if elapsed >= seconds:
            return steps * images_per_step / elapsed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--batch", help="file of 32 pictures and labels; noise unless given")
    options = parser.parse_args()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the bench ends us.
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    images, labels = read_batch(options.batch)
    benches = {
        "train": (make_training(images, labels, rvsm=False), BATCH),
        "train-rvsm": (make_training(images, labels, rvsm=True), BATCH),
        "infer-1": (make_inference(images[:1].contiguous(memory_format=torch.channels_last)), 1),
        "infer-32": (make_inference(images), BATCH),
    }
    for step, _ in benches.values():
        for _ in range(WARM_UP_STEPS):
            step()
    print(f"PyTorch {torch.__version__}, channels_last, threads: {options.threads}", flush=True)
    for line in sys.stdin:
        bench, seconds = line.split()
        step, images_per_step = benches[bench]
        print(measure(step, images_per_step, float(seconds)), flush=True)


if __name__ == "__main__":
    main()
