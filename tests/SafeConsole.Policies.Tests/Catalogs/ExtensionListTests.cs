using SafeConsole.Policies.Functions;

namespace SafeConsole.Policies.Tests.Catalogs;

/// <summary>Functions of extensions that Debian packages beside PostgreSQL: by extension, and by overload where not all of a name are harmless.</summary>
public sealed class ExtensionListTests
{
    [Theory]
    [InlineData("postgis", "st_intersects", "geometry,geometry")]
    [InlineData("postgis", "st_transform", "geometry,int4")]
    [InlineData("postgis_raster", "st_convexhull", "raster")]
    [InlineData("vector", "cosine_distance", "vector,vector")]
    [InlineData("hll", "hll_cardinality", "hll")]
    [InlineData("ip4r", "ip4r_union", "ip4r,ip4r")]
    [InlineData("orafce", "nvl", "anyelement,anyelement")]
    [InlineData("isn", "isn_weak", "")]
    [InlineData("postgis", "st_asgeojson", "geometry,int4,int4")]
    [InlineData("tdigest", "tdigest_percentile", "tdigest,float8")]
    [InlineData("orafce", "remainder", "int4,int4")]
    [InlineData("q3c", "q3c_join", "float8,float8,float8,float8,float8")]
    public void Harmless_one_is_listed(string extension, string function, string types) => Assert.True(Find(extension, function, types)?.Allowed);

    [Theory]
    [InlineData("postgis", "st_transform", "geometry,text")]            // a projection as text names files of the server
    [InlineData("postgis", "st_transform", "geometry,text,int4")]
    [InlineData("postgis", "st_transform", "")]
    [InlineData("postgis", "postgis_transform_geometry", "geometry,text,text,int4")]
    [InlineData("postgis", "st_fromflatgeobuftotable", "text,text,bytea")]
    [InlineData("postgis", "st_fromflatgeobuf", "anyelement,bytea")]    // takes the bytes for a row of that type, whatever they are
    [InlineData("postgis", "st_frechetdistance", "geometry,geometry,float8")] // memory for the square of the points
    [InlineData("postgis", "st_hausdorffdistance", "geometry,geometry")]      // as much time, and no timeout stops it
    [InlineData("postgis", "st_linecrossingdirection", "geometry,geometry")]
    [InlineData("postgis", "_st_linecrossingdirection", "geometry,geometry")]
    [InlineData("postgis", "st_minimumclearance", "geometry")]
    [InlineData("postgis", "st_minimumclearanceline", "geometry")]
    [InlineData("postgis", "lockrow", "text,text,text")]
    [InlineData("postgis", "gettransactionid", "")]
    [InlineData("postgis_raster", "st_fromgdalraster", "bytea,int4")]
    [InlineData("orafce", "send_message", "text")]
    [InlineData("orafce", "fopen", "text,text,text")]
    [InlineData("orafce", "execute", "int4")]
    [InlineData("hll", "hll_set_defaults", "int4,int4,int8,int4")]
    [InlineData("isn", "isn_weak", "bool")]
    [InlineData("pg_stat_kcache", "pg_stat_kcache_reset", "")]
    [InlineData("hypopg", "hypopg_create_index", "text")]
    [InlineData("orafce", "remainder", "numeric,numeric")]              // looks into NULL
    [InlineData("app", "st_intersects", "geometry,geometry")]           // the name alone says nothing
    public void Other_one_is_not(string extension, string function, string types) => Assert.Null(Find(extension, function, types));

    [Theory]
    [InlineData("postgis", "st_asmvt", "anyelement")]                   // NULL for a row, or a column that is no geometry
    [InlineData("postgis", "st_asgeojson", "record,text,int4,bool")]
    [InlineData("tdigest", "tdigest_percentile", "float8,int4,_float8")] // NULL for an array
    [InlineData("q3c", "q3c_radial_query_it", "float8,float8,float8,int4,int4")]
    [InlineData("orafce", "rvrs", "text,int4,int4")]
    public void One_that_ends_the_server_on_other_arguments_is_fragile(string extension, string function, string types) => Assert.Equal((false, true), (Find(extension, function, types)!.Allowed, Find(extension, function, types)!.IsFragile));

    private static FunctionEntry? Find(string extension, string function, string types) => FunctionCatalogue.Find(extension, function, types.Split(',', StringSplitOptions.RemoveEmptyEntries));
}
