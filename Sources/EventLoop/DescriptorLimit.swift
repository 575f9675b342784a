import Glibc

/// How many descriptors this process may open.
public enum DescriptorLimit {
    /// Raises the limit as far as the system allows.
    ///
    /// - Returns: the limit from now on.
    @discardableResult
    public static func raise() -> Int {
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        getrlimit(resource, &limit)
        limit.rlim_cur = limit.rlim_max
        setrlimit(resource, &limit)
        getrlimit(resource, &limit)
        return Int(clamping: limit.rlim_cur)
    }
}
