package dev.etljar.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * By PostgreSQL's catalogue, which also writes the statements: {@code pg_get_constraintdef} and the like know all that a
 * key may have. Names of tables are passed as {@code regclass} reads them, quoted.
 */
final class PostgreSqlExchange implements Exchange {

    private static final String AWAIT_TURN =
            "select true from pg_advisory_xact_lock(hashtext(coalesce(?, current_schema())), hashtext(?))";

    /** A COPY that waits for its client is not idle, so that no timeout of the server's ends it. */
    private static final String END_WRITERS = """
            select count(pg_terminate_backend(l.pid)) from pg_locks l join pg_stat_activity a on a.pid = l.pid
            where l.relation = to_regclass(?) and l.mode = 'RowExclusiveLock' and l.granted
              and l.database = (select oid from pg_database where datname = current_database())
              and a.usename = current_user and l.pid <> pg_backend_pid()
            """;

    private static final String BOUND = """
            with t as (select * from pg_class where oid = cast(? as regclass))
            select distinct case when v.oid is null
                then pg_describe_object(d.classid, d.objid, 0) else pg_describe_object('pg_class'::regclass, v.oid, 0) end
            from t join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = t.oid
              left join pg_rewrite r on d.classid = 'pg_rewrite'::regclass and r.oid = d.objid
              left join pg_class v on v.oid = r.ev_class and v.relkind in ('v', 'm')
              left join pg_class c on d.classid = 'pg_class'::regclass and c.oid = d.objid
              left join pg_constraint k on d.classid = 'pg_constraint'::regclass and k.oid = d.objid
              left join pg_trigger g on d.classid = 'pg_trigger'::regclass and g.oid = d.objid
            where case
                when r.oid is not null then true
                when c.oid is not null then c.relkind not in ('i', 't') and c.oid <> t.oid
                when k.oid is not null then k.conrelid <> t.oid or k.confrelid = t.oid
                when g.oid is not null then not g.tgisinternal
                when d.classid = 'pg_attrdef'::regclass then false
                else d.deptype = 'n' or d.classid in
                  ('pg_policy'::regclass, 'pg_publication_rel'::regclass, 'pg_statistic_ext'::regclass)
              end
            union
            select pg_describe_object(d.classid, d.objid, d.objsubid)
            from t join pg_type y on y.oid = t.reltype
              join pg_depend d on d.refclassid = 'pg_type'::regclass and d.refobjid in (y.oid, y.typarray)
            where d.deptype = 'n'
            union select 'its parent ' || cast(cast(i.inhparent as regclass) as text)
              from t join pg_inherits i on i.inhrelid = t.oid
            union select 'its partitions' from t where relkind = 'p'
            union select 'its kind, which is that of no table with rows of its own' from t where relkind not in ('r', 'p')
            union select 'its row level security' from t where relrowsecurity or relforcerowsecurity
            union select 'its being unlogged' from t where relpersistence <> 'p'
            union select 'its tablespace' from t where reltablespace <> 0
            union select 'its replica identity' from t where relreplident <> 'd'
            union select 'its type' from t where reloftype <> 0
            order by 1
            """;

    private static final String PERMITTED =
            "select pg_has_role(current_user, relowner, 'USAGE') from pg_class where oid = cast(? as regclass)";

    private static final String COLUMNS = """
            select a.attname, concat_ws(' ', format_type(a.atttypid, a.atttypmod), a.attcollation,
                a.attgenerated, a.attidentity, pg_get_expr(e.adbin, e.adrelid)), a.attnotnull
            from pg_attribute a left join pg_attrdef e on e.adrelid = a.attrelid and e.adnum = a.attnum
            where a.attrelid = cast(? as regclass) and a.attnum > 0 and not a.attisdropped order by a.attnum
            """;

    /** Statements to be run while the model is there: the new table's, named {@code n.path}; {@code m} is the model. */
    private static final String BUILD = """
            with m as (select * from pg_class where oid = cast(? as regclass)),
              n as (select *, cast(cast(oid as regclass) as text) as path from pg_class where oid = cast(? as regclass)),
              roles as (select oid, quote_ident(rolname) as name from pg_roles union all select cast(0 as oid), 'public')
            select 1, format('alter table %s alter column %I set not null', n.path, a.attname)
              from m, n, pg_attribute a, pg_attribute b
              where a.attrelid = m.oid and b.attrelid = n.oid and a.attname = b.attname and a.attnotnull and not b.attnotnull
                and a.attnum > 0
            union all select 2, format('alter table %s add constraint %I %s', n.path, n.relname || '_' || k.oid,
                pg_get_constraintdef(k.oid))
              from m, n, pg_constraint k where k.conrelid = m.oid and k.contype in ('p', 'u', 'x', 'c', 'f')
            union all select 3, format('create %sindex %I on %s%s', case when i.indisunique then 'unique ' end,
                n.relname || '_' || i.indexrelid, n.path,
                substr(pg_get_indexdef(i.indexrelid), strpos(pg_get_indexdef(i.indexrelid), ' USING ')))
              from m, n, pg_index i where i.indrelid = m.oid and i.indisvalid
                and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid and k.conrelid = m.oid)
            union all select 4, format('comment on table %s is %L', n.path, obj_description(m.oid, 'pg_class'))
              from m, n where obj_description(m.oid, 'pg_class') is not null
            union all select 4, format('alter table %s set (%s)', n.path, array_to_string(m.reloptions, ', '))
              from m, n where m.reloptions is not null
            union all select 5, format('alter table %s owner to %I', n.path, pg_get_userbyid(m.relowner))
              from m, n where m.relowner <> n.relowner
            union all select 6, format('revoke all on table %s from %s', n.path, r.name)
              from m, n, aclexplode(coalesce(n.relacl, acldefault('r', m.relowner))) p join roles r on r.oid = p.grantee
              where m.relacl is distinct from n.relacl
            union all select 7, format('grant %s on table %s to %s%s', p.privilege_type, n.path, r.name,
                case when p.is_grantable and p.grantee <> m.relowner then ' with grant option' end)
              from m, n, aclexplode(coalesce(m.relacl, acldefault('r', m.relowner))) p join roles r on r.oid = p.grantee
              where m.relacl is distinct from n.relacl
            union all select 7, format('grant %s (%I) on table %s to %s%s', p.privilege_type, a.attname, n.path, r.name,
                case when p.is_grantable and p.grantee <> m.relowner then ' with grant option' end)
              from m, n, pg_attribute a, aclexplode(a.attacl) p join roles r on r.oid = p.grantee
              where a.attrelid = m.oid and not a.attisdropped
            order by 1, 2
            """;

    /** Statements to be run when the model is gone and the new table has its name. */
    private static final String NAME = """
            with m as (select *, cast(relnamespace as regnamespace) as place from pg_class where oid = cast(? as regclass)),
              n as (select * from pg_class where oid = cast(? as regclass)),
              keys as (select k.*, n.relname || '_' || k.oid as made from m, n, pg_constraint k
                where k.conrelid = m.oid and k.contype in ('p', 'u', 'x', 'c', 'f'))
            select 1, format('alter table %s.%I rename constraint %I to %I', m.place, m.relname, k.made, k.conname)
              from m, keys k
            union all select 1, format('alter index %s.%I rename to %I', m.place, n.relname || '_' || c.oid, c.relname)
              from m, n, pg_index i join pg_class c on c.oid = i.indexrelid where i.indrelid = m.oid and i.indisvalid
                and not exists (select 1 from keys k where k.conindid = i.indexrelid)
            union all select 1, format('alter table %s.%I rename constraint %I to %I', m.place, m.relname, o.conname, k.conname)
              from m, n, pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1],
                pg_constraint o join pg_attribute b on b.attrelid = o.conrelid and b.attnum = o.conkey[1]
              where k.conrelid = m.oid and o.conrelid = n.oid and k.contype = 'n' and o.contype = 'n'
                and a.attname = b.attname and k.conname <> o.conname
            union all select 2, format('comment on constraint %I on %s.%I is %L', k.conname, m.place, m.relname,
                obj_description(k.oid, 'pg_constraint'))
              from m, keys k where obj_description(k.oid, 'pg_constraint') is not null
            union all select 2, format('comment on index %s.%I is %L', m.place, c.relname, obj_description(c.oid, 'pg_class'))
              from m, pg_index i join pg_class c on c.oid = i.indexrelid
              where i.indrelid = m.oid and i.indisvalid and obj_description(c.oid, 'pg_class') is not null
            order by 1, 2
            """;

    /** Statements that take the keys off a table, whose names another one is to have. */
    private static final String STRIP = """
            with m as (select *, cast(cast(oid as regclass) as text) as path from pg_class where oid = cast(? as regclass))
            select 1, format('alter table %s drop constraint %I', m.path, k.conname)
              from m, pg_constraint k where k.conrelid = m.oid and k.contype in ('p', 'u', 'x', 'c', 'f')
            union all select 2, format('drop index %s', cast(i.indexrelid as regclass))
              from m, pg_index i where i.indrelid = m.oid
                and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid and k.conrelid = m.oid)
            union all select 3, format('alter table %s drop constraint %I', m.path, k.conname)
              from m, pg_constraint k where k.conrelid = m.oid and k.contype = 'n'
            order by 1, 2
            """;

    private static final String PLACE =
            "select cast(cast(relnamespace as regnamespace) as text) from pg_class where oid = cast(? as regclass)";

    private final Database database;
    private final JdbcTemplate jdbc;

    PostgreSqlExchange(Database database, JdbcTemplate jdbc) {
        this.database = database;
        this.jdbc = jdbc;
    }

    @Override
    public void awaitTurn(TableName table) {
        @Nullable String schema = table.schema() == null ? null : database.fold(table.schema());
        jdbc.queryForObject(AWAIT_TURN, Boolean.class, schema, database.fold(table.name()));
    }

    @Override
    public void endWriters(TableName table) {
        jdbc.queryForObject(END_WRITERS, Long.class, database.quote(table));
    }

    @Override
    public void createTwin(TableName table, TableName model) {
        jdbc.execute(
                "create table " + database.quote(table) + " (like " + database.quote(model)
                        + " including comments including compression including defaults including generated including storage)");
    }

    @Override
    public List<String> bound(TableName table) {
        return jdbc.queryForList(BOUND, String.class, database.quote(table));
    }

    @Override
    public boolean permitted(TableName table) {
        return Boolean.TRUE.equals(jdbc.queryForObject(PERMITTED, Boolean.class, database.quote(table)));
    }

    /** @param form everything about it but whether it takes null */
    private record Shape(String name, String form, boolean notNull) {

        boolean fits(Shape model) {
            return name.equals(model.name) && form.equals(model.form) && (model.notNull || !notNull);
        }
    }

    @Override
    public void addNumber(TableName table, String column, long number) {
        String alter = "alter table " + database.quote(table);
        String name = database.quote(column);
        jdbc.execute(alter + " drop column if exists " + name);
        jdbc.execute(alter + " add column " + name + " bigint default " + number);
        jdbc.execute(alter + " alter column " + name + " drop default");
    }

    @Override
    public boolean fits(TableName table, TableName model, List<String> without) {
        List<Shape> wanted = columns(model, without);
        List<Shape> there = columns(table, without);
        if (there.size() != wanted.size()) {
            return false;
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (!there.get(i).fits(wanted.get(i))) {
                return false;
            }
        }
        return true;
    }

    private List<Shape> columns(TableName table, List<String> without) {
        List<Shape> columns = new ArrayList<>(jdbc.query(
                COLUMNS,
                (row, n) -> new Shape(row.getString(1), row.getString(2), row.getBoolean(3)),
                database.quote(table)));
        columns.removeIf(column -> without.stream().anyMatch(name -> database.sameColumn(name, column.name())));
        return columns;
    }

    @Override
    public void replace(
            TableName model, TableName table, List<String> toDrop, @Nullable TableName aside, Runnable locked) {
        String old = database.quote(model);
        String made = database.quote(table);
        // Who changes the table, or makes an index on it, waits; who reads or writes it does not.
        jdbc.execute("lock table " + old + " in share update exclusive mode");
        for (String column : toDrop) {
            jdbc.execute("alter table " + made + " drop column if exists " + database.quote(column));
        }
        statements(BUILD, old, made).forEach(jdbc::execute);
        List<String> naming = statements(NAME, old, made);
        String place = place(old);
        boolean moves = !place.equals(place(made));
        jdbc.execute("lock table " + old + " in access exclusive mode");
        locked.run();
        if (aside == null) {
            jdbc.execute("drop table " + old);
        } else {
            putAside(old, place, aside);
        }
        if (moves) {
            jdbc.execute("alter table " + made + " set schema " + place);
        }
        jdbc.execute("alter table " + place + '.' + database.quote(table.name()) + " rename to "
                + database.quote(model.name()));
        naming.forEach(jdbc::execute);
    }

    private void putAside(String old, String place, TableName aside) {
        jdbc.query(STRIP, (row, n) -> row.getString(2), old).forEach(jdbc::execute);
        String name = database.quote(aside.name());
        jdbc.execute("alter table " + old + " rename to " + name);
        String own = Objects.requireNonNull(jdbc.queryForObject("select quote_ident(current_schema())", String.class));
        if (!own.equals(place)) {
            jdbc.execute("alter table " + place + '.' + name + " set schema " + own);
        }
    }

    private String place(String table) {
        return Objects.requireNonNull(jdbc.queryForObject(PLACE, String.class, table), "a table stands in a schema");
    }

    private List<String> statements(String query, String model, String table) {
        return jdbc.query(query, (row, n) -> row.getString(2), model, table);
    }
}
