// The first lines of this room follow.
