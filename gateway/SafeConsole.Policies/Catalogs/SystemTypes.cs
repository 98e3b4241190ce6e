namespace SafeConsole.Policies.Catalogs;

/// <summary>Types with fixed oids (pg_type.dat of PostgreSQL).</summary>
internal static class SystemTypes
{
    public const uint Bool = 16;
    public const uint Name = 19;
    public const uint Int8 = 20;
    public const uint Int2Vector = 22;
    public const uint Int2 = 21;
    public const uint Int4 = 23;
    public const uint Text = 25;
    public const uint Oid = 26;
    public const uint Tid = 27;
    public const uint Xid = 28;
    public const uint Cid = 29;
    public const uint OidVector = 30;
    public const uint Json = 114;
    public const uint Xml = 142;
    public const uint Float4 = 700;
    public const uint Float8 = 701;
    public const uint Unknown = 705;
    public const uint Date = 1082;
    public const uint Time = 1083;
    public const uint Timestamp = 1114;
    public const uint TimestampTz = 1184;
    public const uint Interval = 1186;
    public const uint TimeTz = 1266;
    public const uint RegProcedure = 2202;
    public const uint RegOperator = 2204;
    public const uint RegType = 2206;
    public const uint Void = 2278;
    public const uint Internal = 2281;
    public const uint Bit = 1560;
    public const uint Numeric = 1700;
    public const uint Record = 2249;
    public const uint Any = 2276;
    public const uint AnyArray = 2277;
    public const uint AnyElement = 2283;
    public const uint RecordArray = 2287;
    public const uint AnyNonArray = 2776;
    public const uint AnyEnum = 3500;
    public const uint Jsonb = 3802;
    public const uint AnyRange = 3831;
    public const uint AnyMultirange = 4537;
    public const uint AnyCompatibleMultirange = 4538;
    public const uint AnyCompatible = 5077;
    public const uint AnyCompatibleArray = 5078;
    public const uint AnyCompatibleNonArray = 5079;
    public const uint AnyCompatibleRange = 5080;

    /// <summary>Whether a declared type stands for whatever is given.</summary>
    public static bool IsPolymorphic(uint type) => type is AnyElement or AnyArray or AnyNonArray or AnyEnum or AnyRange or AnyMultirange || IsCompatible(type);

    /// <summary>Whether it is one of the anycompatible family.</summary>
    public static bool IsCompatible(uint type) => type is AnyCompatible or AnyCompatibleArray or AnyCompatibleNonArray or AnyCompatibleRange or AnyCompatibleMultirange;
}
