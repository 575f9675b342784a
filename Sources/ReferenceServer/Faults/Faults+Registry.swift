extension Faults {
    /// The registry that they ask for.
    func registry(over maps: ClientMaps) -> any ClientRegistry {
        let clean = FixedRegistry(maps)
        let faulty: (any ClientRegistry)? =
            insertsLate ? RacyRegistry(maps) : registersCloseHandlerLate ? LateRegistry(maps) : nil
        guard let faulty else { return clean }
        return share < 1 ? RareRegistry(maps, clean: clean, faulty: faulty, share: share) : faulty
    }
}
