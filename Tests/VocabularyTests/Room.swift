// The first tests of this room follow.
