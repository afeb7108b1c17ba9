"""A cluster of several nodes on this machine: prints its address, and kills nodes as it is told.

python -m tests.scale.cluster NODES CPUS
"""

import sys

from ray.cluster_utils import Cluster

STORE = 150 << 20  # bytes of a node's object store


def main() -> None:
    """The head has no CPUs, so that whichever node is killed the cluster is still one."""
    nodes, cpus = map(int, sys.argv[1:])
    head = {"num_cpus": 0, "object_store_memory": STORE, "include_dashboard": False}
    cluster = Cluster(initialize_head=True, head_node_args=head)
    held = [cluster.add_node(num_cpus=cpus, object_store_memory=STORE) for _ in range(nodes)]
    print(cluster.address, flush=True)
    for line in sys.stdin:
        if line == "kill\n":
            cluster.remove_node(held.pop(), allow_graceful=False)
        elif line == "add\n":
            held.append(cluster.add_node(num_cpus=cpus, object_store_memory=STORE))
        print("done", flush=True)
    cluster.shutdown()


if __name__ == "__main__":
    main()
