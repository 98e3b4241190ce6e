using System.Globalization;
using SafeConsole.Policies.Catalogs.Trees;

namespace SafeConsole.Policies.Tests.Meanings;

/// <summary>The functions and operators that a stored tree calls by written name: casts that the server put in are left out.</summary>
internal static class StoredNodeWalk
{
    public static void Collect(StoredNode node, HashSet<uint> functions, HashSet<uint> operators)
    {
        switch (node.Label)
        {
            case "SORTGROUPCLAUSE":
                return;
            case "FUNCEXPR" when node.Field("funcformat")?.Word is "0" or "3":
                functions.Add(Oid(node.Field("funcid")));
                break;
            case "AGGREF":
                functions.Add(Oid(node.Field("aggfnoid")));
                break;
            case "WINDOWFUNC":
                functions.Add(Oid(node.Field("winfnoid")));
                break;
            case "OPEXPR" or "DISTINCTEXPR" or "NULLIFEXPR" or "SCALARARRAYOPEXPR":
                operators.Add(Oid(node.Field("opno")));
                break;
            case "ROWCOMPAREEXPR" or "ROWCOMPARE":
                operators.UnionWith(node.Field("opnos")!.Items.Skip(1).Select(Oid));
                break;
        }

        foreach (StoredNode within in node.Fields.Where(field => field.Name != "joinaliasvars").Select(field => field.Value).Concat(node.Items))
        {
            Collect(within, functions, operators);
        }
    }

    private static uint Oid(StoredNode? node) => uint.Parse(node!.Word!, CultureInfo.InvariantCulture);
}
